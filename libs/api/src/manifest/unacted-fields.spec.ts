import { Pod } from '../generated/index.ownkube.core.v1';
import { podKind } from '../kinds';
import { unactedFields } from './unacted-fields';

test('names what is set and not acted on, at its outermost field', () => {
  const pod = Pod.fromPartial({
    metadata: { name: 'a', labels: { a: 'b' } },
    spec: {
      containers: [
        { name: 'a', image: 'b' },
        { name: 'b', image: 'b', livenessProbe: { handler: { exec: { command: ['x'] } } } },
      ],
      dnsPolicy: 'Default',
      nodeSelector: { disk: 'ssd' },
      volumes: [{ name: 'a' }],
    },
  });
  expect(unactedFields(podKind, pod)).toEqual([
    'spec.volumes',
    'spec.containers[1].livenessProbe',
    'spec.dnsPolicy',
    'spec.nodeSelector',
  ]);
});

test('says nothing of an object that uses none of them', () => {
  const pod = Pod.fromPartial({ spec: { containers: [{ name: 'a', image: 'b', command: ['x'] }] } });
  expect(unactedFields(podKind, pod)).toEqual([]);
});
