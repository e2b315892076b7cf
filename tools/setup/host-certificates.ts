/** The certificate authorities that this machine trusts, so that an image made here works behind a private one. */
import { readFile } from 'node:fs/promises';

const debianBundle = '/etc/ssl/certs/ca-certificates.crt';
const certificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** Each certificate of the given PEM texts once, as one text. */
export function mergeBundles(bundles: readonly string[]): string {
  const certificates = bundles.flatMap((bundle) => bundle.match(certificate) ?? []);
  return [...new Set(certificates)].map((pem) => `${pem}\n`).join('');
}

/** The system's bundle, with what NODE_EXTRA_CA_CERTS and SSL_CERT_FILE name beside it. */
export async function hostCertificates(): Promise<string> {
  const files = [debianBundle, process.env.SSL_CERT_FILE, process.env.NODE_EXTRA_CA_CERTS];
  const wanted = [...new Set(files.filter((file): file is string => Boolean(file)))];
  const read = async (file: string): Promise<string> => {
    try {
      return await readFile(file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
      throw error;
    }
  };
  return mergeBundles(await Promise.all(wanted.map(read)));
}
