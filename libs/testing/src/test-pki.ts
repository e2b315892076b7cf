import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TlsFiles } from '@own-kube/rpc';
import { type CertificateRequest, createCa, issueCertificate } from '@own-kube/rpc/pki';
import { tempDir } from './temp-dir';

/** Where an identity's files are, named as the settings of our apps name them. (A type, so that it is a Record.) */
export type TlsPaths = {
  tlsCa: string;
  tlsCert: string;
  tlsKey: string;
};

/** A certificate authority for one test. */
export interface TestPki extends AsyncDisposable {
  /** A new certificate, for a client made in the test. */
  issue(request: CertificateRequest): Promise<TlsFiles>;
  /** A new certificate in files, for a process. */
  issueFiles(request: CertificateRequest): Promise<TlsPaths>;
  /** Removes the files. */
  remove(): Promise<void>;
}

/** The identities that every cluster has. */
export const identities = {
  admin: { user: 'admin', groups: ['system:masters'] },
  scheduler: { user: 'system:kube-scheduler' },
  apiServer: {
    user: 'kube-apiserver',
    server: true,
    dnsNames: ['api-server', 'localhost'],
    ips: ['127.0.0.1'],
  },
  node: (name: string) => ({ user: `system:node:${name}`, groups: ['system:nodes'] }),
} as const;

/** Makes a certificate authority, whose files are in a temporary directory. */
export async function testPki(): Promise<TestPki> {
  const ca = await createCa('own-kube test');
  const dir = await tempDir('own-kube-pki-');
  let issued = 0;
  const issue = async (request: CertificateRequest): Promise<TlsFiles> => {
    const { cert, key } = await issueCertificate(ca, request);
    return { ca: Buffer.from(ca.cert), cert: Buffer.from(cert), key: Buffer.from(key) };
  };
  return {
    issue,
    issueFiles: async (request) => {
      const files = await issue(request);
      const folder = join(dir.path, String(issued++));
      const paths = {
        tlsCa: join(folder, 'ca.crt'),
        tlsCert: join(folder, 'tls.crt'),
        tlsKey: join(folder, 'tls.key'),
      };
      await mkdir(folder);
      await writeFile(paths.tlsCa, files.ca);
      await writeFile(paths.tlsCert, files.cert);
      await writeFile(paths.tlsKey, files.key, { mode: 0o600 });
      return paths;
    },
    remove: () => dir.remove(),
    [Symbol.asyncDispose]: () => dir.remove(),
  };
}
