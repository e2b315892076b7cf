import { aPod } from '@own-kube/testing';
import { checkPodStatus } from './validate-status';

test.each([
  ['an unknown phase', { phase: 'Dancing' }, 'status.phase'],
  ['an address that is none', { podIP: '10.0.0' }, 'status.podIP'],
  ['a list with an address that is none', { podIPs: [{}] }, 'status.podIPs[0].ip'],
  ['a condition without type', { conditions: [{ status: 'True' }] }, 'status.conditions[0].type'],
  [
    'a condition that is perhaps so',
    { conditions: [{ type: 'Ready', status: 'Perhaps' }] },
    'status.conditions[0].status',
  ],
])('a status with %s is refused', (_name, status, field) => {
  expect(checkPodStatus(aPod({ status }))).toMatchObject([{ field }]);
});
