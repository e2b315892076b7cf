import { defaultRouteDevice } from './uplink';

const head = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n';
const route = (device: string, destination: string, metric: number, mask = destination) =>
  `${device}\t${destination}\t0102A8C0\t0003\t0\t0\t${metric}\t${mask}\t0\t0\t0   \n`;

test.each([
  ['none', '', undefined],
  ['no default', route('eth0', '0002A8C0', 0, '00FFFFFF'), undefined],
  ['one', route('br0', '0002A8C0', 0, '00FFFFFF') + route('eth0', '00000000', 0), 'eth0'],
  ['the least metric', route('wlan0', '00000000', 600) + route('eth0', '00000000', 100), 'eth0'],
  ['half of all addresses is no default', route('tun0', '00000000', 0, '00000080'), undefined],
])('%s', (_name, routes, device) => {
  expect(defaultRouteDevice(head + routes)).toBe(device);
});
