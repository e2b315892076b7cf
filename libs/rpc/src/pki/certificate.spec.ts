import { createPrivateKey, X509Certificate } from 'node:crypto';
import { createCa, issueCertificate } from './certificate';

const day = 24 * 60 * 60 * 1000;
const at = new Date('2030-01-01T00:00:00Z');

describe('a CA', () => {
  test('signs itself, is valid for ten years, and began a little ago', async () => {
    const ca = new X509Certificate((await createCa('own-kube', { at })).cert);
    expect(ca.ca).toBe(true);
    expect(ca.subject).toBe('CN=own-kube');
    expect(ca.verify(ca.publicKey)).toBe(true);
    expect(ca.validFromDate.getTime()).toBe(at.getTime() - 60 * 60 * 1000);
    expect(ca.validToDate.getTime()).toBe(at.getTime() + 3650 * day);
  });
});

describe('a certificate', () => {
  test('has exactly the subject, names and uses that were asked for, and its own key', async () => {
    const ca = await createCa('own-kube');
    const { cert, key } = await issueCertificate(ca, {
      user: 'system:node:node-1',
      groups: ['system:nodes', 'other'],
      dnsNames: ['api-server', 'localhost'],
      ips: ['127.0.0.1', '::1'],
      server: true,
    });
    const certificate = new X509Certificate(cert);
    expect(certificate.subject).toBe('O=system:nodes\nO=other\nCN=system:node:node-1');
    expect(certificate.subjectAltName).toBe(
      'DNS:api-server, DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1',
    );
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']);
    expect(certificate.checkIssued(new X509Certificate(ca.cert))).toBe(true);
    expect(certificate.verify(new X509Certificate(ca.cert).publicKey)).toBe(true);
    expect(certificate.checkPrivateKey(createPrivateKey(key))).toBe(true);
    expect(key).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
    expect(certificate.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
  });

  test('is a client by default, and nothing else', async () => {
    const { cert } = await issueCertificate(await createCa('ca'), { user: 'u' });
    expect(new X509Certificate(cert).keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
    expect(new X509Certificate(cert).ca).toBe(false);
  });

  test('is never longer valid than its CA', async () => {
    const ca = await createCa('ca', { at });
    const late = new Date(at.getTime() + 3600 * day);
    const { cert } = await issueCertificate(ca, { user: 'u' }, { at: late });
    expect(new X509Certificate(cert).validToDate).toEqual(new X509Certificate(ca.cert).validToDate);
  });

  test('no two have the same serial number', async () => {
    const ca = await createCa('ca');
    const made = await Promise.all(Array.from({ length: 20 }, () => issueCertificate(ca, { user: 'u' })));
    const serials = made.map(({ cert }) => new X509Certificate(cert).serialNumber);
    expect(new Set(serials).size).toBe(20);
    expect(serials.every((serial) => /^[4-7][0-9A-F]{31}$/.test(serial))).toBe(true);
  });

  test.each([
    'x\nO=system:masters',
    'x,O=system:masters',
    'x/O=system:masters',
    '#1303616263',
    '"a" + b',
    'ä€🙂',
  ])('the user %j is one common name and nothing more', async (user) => {
    const { cert } = await issueCertificate(await createCa('ca'), { user });
    expect(new X509Certificate(cert).toLegacyObject().subject).toEqual({ CN: user });
  });
});
