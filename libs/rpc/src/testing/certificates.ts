/** A CA and what it has signed, for tests. */
import { type CertificateRequest, createCa, issueCertificate, type Pem } from '../pki';
import type { TlsFiles } from '../types';

/** A CA of a test's own. */
export interface TestCa {
  readonly ca: Pem;
  /** What 127.0.0.1 serves with. */
  server(more?: Partial<CertificateRequest>): Promise<TlsFiles>;
  client(user: string, ...groups: string[]): Promise<TlsFiles>;
}

export async function aTestCa(): Promise<TestCa> {
  const ca = await createCa('test');
  const files = async (request: CertificateRequest): Promise<TlsFiles> => {
    const { cert, key } = await issueCertificate(ca, request);
    return { ca: Buffer.from(ca.cert), cert: Buffer.from(cert), key: Buffer.from(key) };
  };
  return {
    ca,
    server: (more) =>
      files({ user: 'server', dnsNames: ['localhost'], ips: ['127.0.0.1'], server: true, ...more }),
    client: (user, ...groups) => files({ user, groups }),
  };
}
