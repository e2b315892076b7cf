import { leakLines, planLeaks } from './plan-leaks';
import { aLink, aRoute } from './testing';

const seen = {
  links: [
    aLink({ name: 'eth0', kind: 'veth' }),
    aLink({ name: 'veth00000000001', kind: 'veth' }),
    aLink({ name: 'veth00000000002', kind: 'veth' }),
    aLink({ name: 'veth00000000003', kind: 'bridge' }),
    aLink({ name: 'veth1234', kind: 'veth' }),
  ],
  routes: [
    aRoute({ dst: '10.244.1.2', dev: 'br0' }),
    aRoute({ dst: '10.244.1.3', dev: 'br0' }),
    aRoute({ dst: '10.244.2.0/24', dev: 'vxlan10' }),
  ],
};

test('what belongs to no lease goes, and nothing that is not ours', () => {
  const leaks = planLeaks(seen, [{ ip: '10.244.1.2', veth: 'veth00000000001' }]);
  expect(leaks).toEqual({ veths: ['veth00000000002'], ways: ['10.244.1.3'] });
  expect(leakLines(leaks)).toEqual(['route del 10.244.1.3 dev br0', 'link del dev veth00000000002']);
  expect(leakLines({ veths: [], ways: [] })).toEqual([]);
});
