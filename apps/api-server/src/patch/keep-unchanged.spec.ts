import { Deployment, deploymentKind, encodeManifest } from '@own-kube/api';
import { compilePatch } from './compile-patch';
import { PatchType } from '@own-kube/api';

test('a patch leaves what it does not name to the last byte', () => {
  const deployment = Deployment.fromPartial({
    metadata: { name: 'web', namespace: 'default', creationTimestamp: { seconds: 5, nanos: 7 } },
    spec: {
      replicas: 1,
      strategy: {
        rollingUpdate: { maxSurge: { type: 1, strVal: '25%' }, maxUnavailable: { type: 0, intVal: 1 } },
      },
      template: {
        spec: {
          containers: [
            { name: 'web', resources: { limits: { cpu: { string: '1000m' }, memory: { string: '1Gi' } } } },
          ],
          volumes: [{ name: 'v', volumeSource: { configMap: { defaultMode: 1 } } }],
        },
      },
    },
  });
  const patch = (value: object) =>
    compilePatch(deploymentKind, {
      type: PatchType.PATCH_TYPE_STRATEGIC,
      patch: Buffer.from(JSON.stringify(value)),
    })(deployment);
  expect(patch({})).toEqual(deployment);
  expect(patch({ spec: { replicas: 2 } })).toEqual({
    ...deployment,
    spec: { ...deployment.spec, replicas: 2 },
  });
  const limits = { cpu: '2' };
  const changed = patch({
    spec: { template: { spec: { containers: [{ name: 'web', resources: { limits } }] } } },
  });
  expect(changed.spec?.template?.spec?.containers[0]?.resources?.limits).toEqual({
    cpu: { string: '2' },
    memory: { string: '1Gi' },
  });
  expect(changed.spec?.strategy).toEqual(deployment.spec?.strategy);
  expect(encodeManifest(deploymentKind as never, changed)).toMatchObject({
    spec: { template: { spec: { volumes: [{ name: 'v' }] } } },
  });
});
