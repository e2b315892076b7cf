import { ApiError, Pod } from '@own-kube/api';
import { createFakeApi } from './testing';
import { updateWithRetry } from './update-with-retry';

const withLabel = (name: string) => (pod: Pod) => ({
  ...pod,
  metadata: { ...pod.metadata!, labels: { ...pod.metadata!.labels, [name]: 'yes' } },
});

async function setup() {
  const { pods } = createFakeApi().client;
  await pods.create(Pod.fromPartial({ metadata: { name: 'a' }, status: { phase: 'Pending' } }));
  return pods;
}

test('writes that cross lose nothing', async () => {
  const pods = await setup();
  const names = Array.from({ length: 8 }, (_, i) => `writer-${i}`);
  await Promise.all(names.map((name) => updateWithRetry(pods, { name: 'a' }, withLabel(name))));
  expect(Object.keys((await pods.get({ name: 'a' })).metadata!.labels).sort()).toEqual(names);
});

test('nothing is written when there is nothing to do', async () => {
  const pods = await setup();
  const before = await pods.get({ name: 'a' });
  expect(await updateWithRetry(pods, { name: 'a' }, () => undefined)).toEqual(before);
});

test('the status is written by its own call', async () => {
  const pods = await setup();
  const next = (pod: Pod) => ({ ...withLabel('x')(pod), status: { ...pod.status!, phase: 'Running' } });
  const written = await updateWithRetry(pods, { name: 'a' }, next, { part: 'status' });
  expect([written.status?.phase, written.metadata?.labels]).toEqual(['Running', {}]);
});

test("other failures, and a tenth conflict, are the caller's", async () => {
  const pods = await setup();
  await expect(updateWithRetry(pods, { name: 'gone' }, withLabel('x'))).rejects.toMatchObject({
    code: 'NotFound',
  });
  const update = jest.spyOn(pods, 'update').mockRejectedValue(new ApiError('Conflict', 'too slow'));
  await expect(updateWithRetry(pods, { name: 'a' }, withLabel('x'))).rejects.toThrow('too slow');
  expect(update).toHaveBeenCalledTimes(10);
});
