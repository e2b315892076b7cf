import { parseRoutes, pickPrefix, prefixes } from './pick-settings.ts';

test.each<[string, string[], string | undefined]>([
  ['nothing is in use', [], '172.18.0'],
  ['another network has the first', ['172.17.0.0/16', '172.18.0.0/16'], '172.19.0'],
  ['a small network lies inside', ['172.18.0.64/28'], '172.19.0'],
  ['a neighbour is no hindrance', ['172.18.1.0/24'], '172.18.0'],
  ['IPv6 is no hindrance', ['fd00::/64'], '172.18.0'],
  ['a wide one covers all of the first kind', ['172.16.0.0/12'], '192.168.208'],
  ['all is taken', ['172.16.0.0/12', '192.168.0.0/16'], undefined],
])('%s', (_name, inUse, prefix) => {
  expect(pickPrefix(inUse)).toBe(prefix);
});

test('each prefix is tried once', () => {
  expect(new Set(prefixes).size).toBe(prefixes.length);
});

test('routes are read from the kernel’s table, without the default route', () => {
  const table = [
    'Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT',
    'eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0',
    'eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0',
    'docker0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0',
    '',
  ].join('\n');
  expect(parseRoutes(table)).toEqual(['192.0.2.0/24', '172.17.0.0/16']);
});
