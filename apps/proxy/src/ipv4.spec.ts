import fc from 'fast-check';
import {
  contains,
  containsCidr,
  formatCidr,
  formatIp,
  gatewayOf,
  overlaps,
  parseCidr,
  parseIp,
  type Cidr,
} from './ipv4';

const cidr = (text: string) => parseCidr(text) as Cidr;

test.each(['10.244.1.0/24', '0.0.0.0/0', '255.255.255.255/32', '10.244.0.0/16'])('%s is a range', (text) => {
  expect(formatCidr(cidr(text))).toBe(text);
});

test.each([
  '',
  '10.244.1.0',
  '10.244.1.7/24',
  '10.244.1.0/33',
  '10.244.1.0/024',
  '010.244.1.0/24',
  '10.244.1/24',
  '10.244.1.0/24/1',
  '10.244.1.0/24 dev eth0',
  '::/0',
  '0x0a.0.0.0/8',
  '10.244.1.0/-1',
  '10.244.1.0/24\n',
])('%j is none', (text) => {
  expect(parseCidr(text)).toBeUndefined();
});

test('what is parsed is written back as it was, and nothing else is parsed', () => {
  fc.assert(fc.property(fc.ipV4(), (text) => formatIp(parseIp(text) as number) === text));
  fc.assert(
    fc.property(fc.string(), (text) => {
      const ip = parseIp(text);
      return ip === undefined || formatIp(ip) === text;
    }),
  );
});

test('containment', () => {
  expect(contains(cidr('10.244.1.0/24'), parseIp('10.244.1.255') as number)).toBe(true);
  expect(contains(cidr('10.244.1.0/24'), parseIp('10.244.2.0') as number)).toBe(false);
  expect(containsCidr(cidr('10.244.0.0/16'), cidr('10.244.9.0/24'))).toBe(true);
  expect(containsCidr(cidr('10.244.9.0/24'), cidr('10.244.0.0/16'))).toBe(false);
  expect(overlaps(cidr('10.244.9.0/24'), cidr('10.244.0.0/16'))).toBe(true);
  expect(overlaps(cidr('10.244.9.0/24'), cidr('10.244.8.0/24'))).toBe(false);
  expect(gatewayOf(cidr('10.244.9.0/24'))).toBe('10.244.9.1');
});
