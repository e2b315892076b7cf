import { X509Certificate } from 'node:crypto';
import type { PeerCertificate } from 'node:tls';
import { createIdentities, parseIdentity } from './identity';
import { createCa, issueCertificate } from './pki';

type Subject = PeerCertificate['subject'];
const subject = (value: object): Subject => value as Subject;

/** The subject as a TLS connection gives it, of a certificate that was really made. */
async function certified(user: string, ...groups: string[]): Promise<Subject> {
  const { cert } = await issueCertificate(await createCa('ca'), { user, groups });
  return subject(new X509Certificate(cert).toLegacyObject().subject);
}

describe('an identity', () => {
  test.each([
    [
      { CN: 'admin', O: 'system:masters' },
      { user: 'admin', groups: ['system:masters'] },
    ],
    [
      { CN: 'u', O: ['a', 'b'] },
      { user: 'u', groups: ['a', 'b'] },
    ],
    [{ CN: 'system:kube-scheduler' }, { user: 'system:kube-scheduler', groups: [] }],
    [
      { CN: 'Zoë 🙂', O: 'é' },
      { user: 'Zoë 🙂', groups: ['é'] },
    ],
  ])('of %j', (value, identity) => {
    expect(parseIdentity(subject(value))).toEqual(identity);
  });

  test.each([
    ['no subject', {}],
    ['no common name', { O: 'system:masters' }],
    ['two common names', { CN: ['admin', 'other'] }],
    ['an empty common name', { CN: '' }],
    ['an empty organization', { CN: 'u', O: '' }],
    ['a line break', { CN: 'u\nO=system:masters' }],
    ['a zero byte', { CN: 'admin\0.example.org' }],
    ['a zero byte in an organization', { CN: 'u', O: 'system:masters\0' }],
    ['text that runs the other way', { CN: 'admin\u202e' }],
    ['an invisible character', { CN: 'ad\u200bmin' }],
    ['bytes that are no text', { CN: 'admin\ufffd' }],
  ])('there is none with %s', (_what, value) => {
    expect(parseIdentity(subject(value))).toBeUndefined();
  });

  test('there is none without a certificate', () => {
    expect(parseIdentity(undefined)).toBeUndefined();
  });

  test.each([
    'x,O=system:masters',
    'x/O=system:masters',
    'x+O=system:masters',
    '"x", O=system:masters',
    'x\\, O=y',
  ])('a name that looks like more, %j, is a name', async (user) => {
    expect(parseIdentity(await certified(user, 'g'))).toEqual({ user, groups: ['g'] });
  });

  test('a name that brings a line of its own is nobody', async () => {
    expect(parseIdentity(await certified('x\nO=system:masters'))).toBeUndefined();
  });
});

describe('the identity of a call', () => {
  const counted = (inner?: object) => {
    let reads = 0;
    const call = {
      call: inner,
      getAuthContext: () => {
        reads++;
        return { sslPeerCertificate: { subject: { CN: 'u' } } as PeerCertificate };
      },
    };
    return { call, reads: () => reads };
  };

  test('is read once for a connection', () => {
    const identityOf = createIdentities();
    const { call, reads } = counted({ stream: { session: {} } });
    expect(identityOf(call)).toEqual({ user: 'u', groups: [] });
    expect(identityOf(call)).toBe(identityOf(call));
    expect(reads()).toBe(1);
  });

  test('is read each time where the connection is not to be seen', () => {
    const identityOf = createIdentities();
    const { call, reads } = counted();
    identityOf(call);
    expect(identityOf(call)).toEqual({ user: 'u', groups: [] });
    expect(reads()).toBe(2);
  });

  test('is nobody’s where there is no certificate', () => {
    expect(createIdentities()({ getAuthContext: () => ({}) })).toBeUndefined();
  });
});
