/** Making certificates: ECDSA P-256, by the platform's own web crypto. */
import { randomBytes, webcrypto } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  Name,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from './x509';

/** A certificate and its key (PKCS #8), both as PEM. */
export interface Pem {
  readonly cert: string;
  readonly key: string;
}

/** Whom to certify, and for what. */
export interface CertificateRequest {
  /** The common name: "system:node:node-1". */
  readonly user: string;
  /** The organizations: "system:nodes". */
  readonly groups?: readonly string[] | undefined;
  /** The names and addresses under which it serves. */
  readonly dnsNames?: readonly string[] | undefined;
  readonly ips?: readonly string[] | undefined;
  /** May it serve? Default false. */
  readonly server?: boolean | undefined;
  /** May it call? Default true. */
  readonly client?: boolean | undefined;
  /** How long it is valid. Default 365, and never longer than the CA. */
  readonly days?: number | undefined;
}

/** When a certificate is made. */
export interface Making {
  /** Default: now. */
  readonly at?: Date | undefined;
}

const day = 24 * 60 * 60 * 1000;
/** The clocks of a cluster differ: who is a little behind must not find a certificate that is not valid yet. */
const clockSkew = 60 * 60 * 1000;
const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
const signingAlgorithm = { name: 'ECDSA', hash: 'SHA-256' };

/** Makes a certificate authority of that common name, valid for ten years. */
export async function createCa(name: string, { at = new Date() }: Making = {}): Promise<Pem> {
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      name: subjectOf({ user: name }).toJSON(),
      keys,
      signingAlgorithm,
      serialNumber: newSerial(),
      notBefore: new Date(at.getTime() - clockSkew),
      notAfter: new Date(at.getTime() + 3650 * day),
      extensions: [
        new BasicConstraintsExtension(true, 0, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
        await SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
      ],
    },
    webcrypto,
  );
  return { cert: pemOf(certificate), key: await exportKey(keys.privateKey) };
}

/** Makes a key, and a certificate for it that the CA signs. Its subject is exactly `O=<group>,...,CN=<user>`. */
export async function issueCertificate(
  ca: Pem,
  request: CertificateRequest,
  { at = new Date() }: Making = {},
): Promise<Pem> {
  const issuer = new X509Certificate(ca.cert);
  const keys = await newKeys();
  const end = at.getTime() + (request.days ?? 365) * day;
  const certificate = await X509CertificateGenerator.create(
    {
      subject: subjectOf(request),
      issuer: issuer.subjectName,
      publicKey: keys.publicKey,
      signingKey: await importKey(ca.key),
      signingAlgorithm,
      serialNumber: newSerial(),
      notBefore: new Date(at.getTime() - clockSkew),
      notAfter: new Date(Math.min(end, issuer.notAfter.getTime())),
      extensions: await extensionsOf(request, issuer, keys.publicKey),
    },
    webcrypto,
  );
  return { cert: pemOf(certificate), key: await exportKey(keys.privateKey) };
}

/** Group by group, then the user, each a name of its own, as text: what is in them is never read as syntax. */
export const subjectOf = ({ user, groups = [] }: Pick<CertificateRequest, 'user' | 'groups'>): Name =>
  new Name([...groups.map((group) => ({ O: [{ utf8String: group }] })), { CN: [{ utf8String: user }] }]);

async function extensionsOf(
  request: CertificateRequest,
  issuer: X509Certificate,
  publicKey: webcrypto.CryptoKey,
): Promise<Extension[]> {
  const names = namesOf(request);
  return [
    new BasicConstraintsExtension(false, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension(usagesOf(request)),
    ...(names.length > 0 ? [new SubjectAlternativeNameExtension(names)] : []),
    await AuthorityKeyIdentifierExtension.create(issuer.publicKey, false, webcrypto),
    await SubjectKeyIdentifierExtension.create(publicKey, false, webcrypto),
  ];
}

/** The subject alternative names of a request. */
export const namesOf = ({ dnsNames = [], ips = [] }: CertificateRequest) => [
  ...dnsNames.map((value) => ({ type: 'dns' as const, value })),
  ...ips.map((value) => ({ type: 'ip' as const, value })),
];

/** The extended key usages of a request. */
export const usagesOf = ({ server = false, client = true }: CertificateRequest): ExtendedKeyUsage[] => [
  ...(server ? [ExtendedKeyUsage.serverAuth] : []),
  ...(client ? [ExtendedKeyUsage.clientAuth] : []),
];

const newKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

/** Sixteen random bytes, of which the first bits make it a positive number that is not shortened. */
function newSerial(): string {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0]! & 0x7f) | 0x40;
  return bytes.toString('hex');
}

const pemOf = (certificate: X509Certificate): string => `${certificate.toString('pem')}\n`;

async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
  return `${PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), PemConverter.PrivateKeyTag)}\n`;
}

const importKey = (pem: string): Promise<webcrypto.CryptoKey> =>
  webcrypto.subtle.importKey('pkcs8', PemConverter.decodeFirst(pem), algorithm, false, ['sign']);
