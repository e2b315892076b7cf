/**
 * The certificates of a cluster, as files:
 *
 *   <dir>/ca/{ca.crt,ca.key}
 *   <dir>/<identity>/{ca.crt,tls.crt,tls.key}      "tls" is an identity's fileName where it has one
 *
 * Run again it changes nothing that is as it should be. Killed half-way and run again it ends as if it had not been.
 */
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CertificateRequest, createCa, issueCertificate, type Pem } from './certificate';
import { reasonToIssue } from './plan-certificate';

/** An identity, and what its files are called. */
export interface PkiIdentity extends CertificateRequest {
  /** Of the certificate and its key, without ".crt" and ".key". Default "tls". */
  readonly fileName?: string | undefined;
}

/** The identities of a cluster. */
export interface ClusterPki {
  /** The common name of the CA, if there is none yet. */
  readonly caName: string;
  /** By the name of the folder that its files go to. */
  readonly identities: Readonly<Record<string, PkiIdentity>>;
  /** Default: now. */
  readonly at?: Date | undefined;
}

/** A certificate that was made, and why. */
export interface Issued {
  readonly identity: string;
  readonly reason: string;
}

/**
 * Makes what is missing, and renews what expires within 30 days, is not signed by the CA, or is not what is asked for.
 * A CA that is there is kept. Returns what was made, the CA as "ca".
 */
export async function writeClusterPki(
  dir: string,
  { caName, identities, at = new Date() }: ClusterPki,
): Promise<Issued[]> {
  const { ca, issued } = await ensureCa(join(dir, 'ca'), caName, at);
  for (const [identity, request] of Object.entries(identities)) {
    const folder = join(dir, identity);
    const { fileName = 'tls' } = request;
    const reason = reasonToIssue(await readPair(folder, fileName), request, { ca: ca.cert, at });
    if (reason) {
      await writePair(folder, fileName, await issueCertificate(ca, request, { at }));
      issued.push({ identity, reason });
    }
    if ((await read(join(folder, 'ca.crt'))) !== ca.cert) await write(join(folder, 'ca.crt'), ca.cert, 0o644);
  }
  return issued;
}

async function ensureCa(folder: string, name: string, at: Date): Promise<{ ca: Pem; issued: Issued[] }> {
  const cert = await read(join(folder, 'ca.crt'));
  const key = await read(join(folder, 'ca.key'));
  if (cert && key) return { ca: { cert, key }, issued: [] };
  // The certificate is written last, so without it nothing can have been issued.
  if (cert) {
    throw new Error(
      `${folder} has ca.crt but no ca.key: put the key back, or remove ${folder} to make a new CA and all certificates anew`,
    );
  }
  const ca = await createCa(name, { at });
  await writePair(folder, 'ca', ca);
  return { ca, issued: [{ identity: 'ca', reason: 'there is none yet' }] };
}

async function readPair(folder: string, name: string): Promise<Pem | undefined> {
  const cert = await read(join(folder, `${name}.crt`));
  const key = await read(join(folder, `${name}.key`));
  return cert !== undefined && key !== undefined ? { cert, key } : undefined;
}

async function writePair(folder: string, name: string, { cert, key }: Pem): Promise<void> {
  await mkdir(folder, { recursive: true });
  await write(join(folder, `${name}.key`), key, 0o600);
  await write(join(folder, `${name}.crt`), cert, 0o644);
}

/** Whole or not at all, and never readable by others for a moment. */
async function write(path: string, text: string, mode: number): Promise<void> {
  await writeFile(`${path}.new`, text, { mode: 0o600 });
  await chmod(`${path}.new`, mode);
  await rename(`${path}.new`, path);
}

async function read(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`cannot read ${path}`, { cause: error });
  }
}
