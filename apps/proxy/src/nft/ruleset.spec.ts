import { buildRuleset } from './ruleset';

test('the whole of it', () => {
  expect(buildRuleset({ podCidr: '10.244.1.0/24', clusterCidr: '10.244.0.0/16' })).toBe(
    `add table ip own_kube
add chain ip own_kube postrouting { type nat hook postrouting priority srcnat; policy accept; }
flush chain ip own_kube postrouting
add rule ip own_kube postrouting ip saddr 10.244.1.0/24 ip daddr != 10.244.0.0/16 ip daddr != 224.0.0.0/4 masquerade fully-random
add chain ip own_kube forward { type filter hook forward priority mangle; policy accept; }
flush chain ip own_kube forward
add rule ip own_kube forward tcp flags syn tcp option maxseg size set rt mtu
`,
  );
});
