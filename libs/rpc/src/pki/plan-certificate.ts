import { createPrivateKey, X509Certificate as NodeCertificate } from 'node:crypto';
import { type CertificateRequest, namesOf, type Pem, subjectOf, usagesOf } from './certificate';
import { ExtendedKeyUsageExtension, SubjectAlternativeNameExtension, X509Certificate } from './x509';

const day = 24 * 60 * 60 * 1000;
const renewDaysBefore = 30;

/** Why a certificate has to be made anew, in words; undefined if the one there is will do. */
export function reasonToIssue(
  have: Pem | undefined,
  want: CertificateRequest,
  { ca, at }: { ca: string; at: Date },
): string | undefined {
  if (!have) return 'there is none yet';
  try {
    return differs(have, want) ?? expires(have, at) ?? notOurs(have, ca);
  } catch (error) {
    return `it cannot be read (${error instanceof Error ? error.message : String(error)})`;
  }
}

function differs(have: Pem, want: CertificateRequest): string | undefined {
  const certificate = new X509Certificate(have.cert);
  const subject = subjectOf(want).toString();
  if (certificate.subject !== subject) return `its subject is ${certificate.subject}, not ${subject}`;
  const names = certificate.getExtension(SubjectAlternativeNameExtension)?.names.toJSON() ?? [];
  if (!sameSet(names.map(nameKey), namesOf(want).map(nameKey))) return 'it is for other names or addresses';
  const usages = certificate.getExtension(ExtendedKeyUsageExtension)?.usages.map(String) ?? [];
  return sameSet(usages, usagesOf(want).map(String)) ? undefined : 'it is for another use';
}

function expires({ cert }: Pem, at: Date): string | undefined {
  const { notAfter } = new X509Certificate(cert);
  const left = Math.floor((notAfter.getTime() - at.getTime()) / day);
  if (left >= renewDaysBefore) return undefined;
  return left < 0 ? `it has expired on ${notAfter.toISOString()}` : `it expires in ${left} days`;
}

function notOurs({ cert, key }: Pem, ca: string): string | undefined {
  const certificate = new NodeCertificate(cert);
  const issuer = new NodeCertificate(ca);
  if (!certificate.checkIssued(issuer) || !certificate.verify(issuer.publicKey))
    return 'another CA signed it';
  return certificate.checkPrivateKey(createPrivateKey(key)) ? undefined : 'its key is another one';
}

const nameKey = ({ type, value }: { type: string; value: string }): string => `${type}:${value}`;

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && [...a].sort().join('\n') === [...b].sort().join('\n');
