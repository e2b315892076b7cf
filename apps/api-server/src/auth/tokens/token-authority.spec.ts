import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { signJwt, toSigningKey } from './jwt';
import { issuer, TokenAuthority } from './token-authority';

const pem = () =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' });
const [key, other] = [toSigningKey(pem()), toSigningKey(pem())];
const accountKey = '/own-kube/registry/serviceaccounts/default/robot';
const podKey = '/own-kube/registry/pods/default/web';
const owner = {
  namespace: 'default',
  serviceaccount: { name: 'robot', uid: 'account-uid' },
  pod: { name: 'web', uid: 'pod-uid' },
};

let now = 1_000_000_000;
let there: Map<string, string>;
const authority = (...keys: (typeof key)[]) =>
  new TokenAuthority({ keys, now: () => now, uidOf: (name) => there.get(name), newId: randomUUID });
const wish = { owner, audiences: [], seconds: 600 };
const nobody = (why: RegExp): unknown =>
  expect.objectContaining({ code: 'Unauthenticated', message: expect.stringMatching(why) });
const failureOf = (call: () => unknown): unknown => {
  try {
    return call();
  } catch (error) {
    return error;
  }
};

beforeEach(() => {
  now = 1_000_000_000;
  there = new Map([
    [accountKey, 'account-uid'],
    [podKey, 'pod-uid'],
  ]);
});

test('a token is its ServiceAccount, until it expires', () => {
  const tokens = authority(key);
  const { token, expires } = tokens.issue(wish);
  expect(expires).toBe(now + 600_000);
  const robot = {
    user: 'system:serviceaccount:default:robot',
    groups: ['system:serviceaccounts', 'system:serviceaccounts:default'],
  };
  expect(tokens.identify(token)).toEqual(robot);
  expect(tokens.identify(token)).toBe(tokens.identify(token));
  now = expires - 1;
  expect(tokens.identify(token)).toEqual(robot);
  now = expires;
  expect(failureOf(() => tokens.identify(token))).toEqual(nobody(/it expired at 1970-01-12T/));
});

test.each<[string, () => void, RegExp]>([
  [
    'the ServiceAccount is deleted',
    () => there.delete(accountKey),
    /ServiceAccount "robot" .* does not exist/,
  ],
  ['the ServiceAccount is another', () => there.set(accountKey, 'x'), /was deleted and made anew/],
  ['the pod is deleted', () => there.delete(podKey), /Pod "web" in namespace "default" does not exist/],
  ['the pod is another', () => there.set(podKey, 'x'), /was deleted and made anew/],
  ['the clock is put back', () => (now -= 60_000), /not good before/],
])('it is not accepted any more when %s', (_name, change, why) => {
  const tokens = authority(key);
  const { token } = tokens.issue(wish);
  tokens.identify(token);
  change();
  expect(failureOf(() => tokens.identify(token))).toEqual(nobody(why));
});

test('keys are changed by putting the new one first', () => {
  const { token } = authority(other).issue(wish);
  expect(authority(key, other).identify(token).user).toMatch(/robot$/);
  expect(failureOf(() => authority(key).identify(token))).toEqual(nobody(/a key that is not ours/));
});

test('a token for somebody else is not for us', () => {
  const { token } = authority(key).issue({ ...wish, audiences: ['vault'] });
  expect(failureOf(() => authority(key).identify(token))).toEqual(nobody(/it is for vault, and not for/));
  const both = authority(key).issue({ ...wish, audiences: ['vault', issuer] });
  expect(authority(key).identify(both.token).user).toMatch(/robot$/);
});

describe('what was tampered with', () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const tokenParts = () => authority(key).issue(wish).token.split('.') as [string, string, string];
  const [head, claims, signature] = tokenParts();
  const payload = JSON.parse(Buffer.from(claims, 'base64url').toString()) as object;

  test.each<[string, string, RegExp]>([
    ['another payload', `${head}.${part({ ...payload, sub: 'admin' })}.${signature}`, /signature is wrong/],
    ['no signature', `${head}.${claims}.`, /signature is wrong/],
    ['a changed signature', `${head}.${claims}.${'A'.repeat(86)}`, /signature is wrong/],
    ['no algorithm', `${part({ alg: 'none', kid: key.id })}.${claims}.`, /not signed by ES256/],
    [
      'another algorithm',
      `${part({ alg: 'HS256', kid: key.id })}.${claims}.${signature}`,
      /not signed by ES256/,
    ],
    [
      'another key',
      `${part({ alg: 'ES256', kid: other.id })}.${claims}.${signature}`,
      /a key that is not ours/,
    ],
    ['no token at all', 'secret', /no signed JSON Web Token/],
    ['no JSON', `x.${claims}.${signature}`, /no signed JSON Web Token/],
    ['too much', `${head}.${claims}.${'A'.repeat(20_000)}`, /no signed JSON Web Token/],
    ['claims of somebody else', signJwt(key, { ...payload, sub: 'system:masters' }), /does not say whose/],
    ['claims of another kind', signJwt(key, { sub: 'admin' }), /does not say whose/],
    ['claims of another issuer', signJwt(key, { ...payload, iss: 'x' }), /does not say whose/],
  ])('%s is refused', (_name, token, why) => {
    expect(failureOf(() => authority(key).identify(token))).toEqual(nobody(why));
  });
});

test('a key must be one for ES256', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  expect(() => toSigningKey(privateKey.export({ type: 'pkcs8', format: 'pem' }) as string)).toThrow(/P-256/);
});
