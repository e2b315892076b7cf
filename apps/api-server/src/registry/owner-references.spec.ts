import { ObjectMeta } from '@own-kube/api';
import { checkOwners } from './owner-references';

const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: 'u1' };

test.each<[string, object[], string[]]>([
  ['nobody may own it', [], []],
  [
    'one controller is enough',
    [
      { ...owner, controller: true },
      { ...owner, uid: 'u2' },
    ],
    [],
  ],
  [
    'two controllers are too many',
    [
      { ...owner, controller: true },
      { ...owner, uid: 'u2', controller: true },
    ],
    ['metadata.ownerReferences[1].controller'],
  ],
  ['an owner has a uid', [{ ...owner, uid: '' }], ['metadata.ownerReferences[0].uid']],
  ['an owner is named once', [owner, owner], ['metadata.ownerReferences[1].uid']],
  [
    'an owner is named in full',
    [{ uid: 'u1' }],
    ['apiVersion', 'kind', 'name'].map((name) => `metadata.ownerReferences[0].${name}`),
  ],
  ['an Event owns nothing', [{ ...owner, kind: 'Event' }], ['metadata.ownerReferences[0].kind']],
])('%s', (_name, ownerReferences, fields) => {
  const violations = checkOwners(ObjectMeta.fromPartial({ ownerReferences }));
  expect(violations.map(({ field }) => field)).toEqual(fields);
});
