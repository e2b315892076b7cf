import { mergeBundles } from './host-certificates.ts';

const pem = (body: string) => `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----`;

test('certificates of several bundles are kept once each, without what stands between them', () => {
  const merged = mergeBundles([`# one\n${pem('AAA')}\n${pem('BBB')}`, '', `${pem('BBB')}\n${pem('CCC')}`]);
  expect(merged).toBe(`${pem('AAA')}\n${pem('BBB')}\n${pem('CCC')}\n`);
});
