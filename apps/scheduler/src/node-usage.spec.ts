import { aPod } from '@own-kube/testing';
import fc from 'fast-check';
import { createNodeUsage } from './node-usage';

const pod = (name: string, nodeName?: string, shape: Parameters<typeof aPod>[0] = {}) =>
  aPod({ name, uid: `uid-${name}`, requests: { cpu: '100m' }, nodeName, ...shape });
const seen = (object: ReturnType<typeof aPod>) => ({ object, deleted: false });
const gone = (object: ReturnType<typeof aPod>) => ({ object, deleted: true });

test('pods count on their node from when they are seen there until they have ended or are gone', () => {
  const usage = createNodeUsage();
  usage.see(seen(pod('waits')));
  usage.see(seen(pod('a', 'n1')));
  usage.see(seen(pod('b', 'n1')));
  usage.see(seen(pod('b', 'n1', { phase: 'Running' })));
  expect([usage.on('n1').pods, usage.on('n1').requested.cpuMillis]).toEqual([2, 200]);
  usage.see(seen(pod('a', 'n1', { phase: 'Succeeded' })));
  usage.see(gone(pod('b', 'n1')));
  expect(usage.on('n1').pods).toBe(0);
});

test('an assumed pod counts at once, also while older news of it arrive, and once when it is seen', () => {
  const usage = createNodeUsage();
  usage.assume(pod('a'), 'n1');
  usage.see(seen(pod('a')));
  expect([usage.on('n1').pods, usage.isAssumed('default/a')]).toEqual([1, true]);
  usage.see(seen(pod('a', 'n1')));
  expect([usage.on('n1').pods, usage.isAssumed('default/a')]).toEqual([1, false]);
});

test('a pod that turns out to be elsewhere counts there alone', () => {
  const usage = createNodeUsage();
  usage.assume(pod('a'), 'n1');
  usage.see(seen(pod('a', 'n2')));
  expect([usage.on('n1').pods, usage.on('n2').pods]).toEqual([0, 1]);
});

test('a pod that was released, or replaced by another of its name, does not count', () => {
  const usage = createNodeUsage();
  usage.assume(pod('a'), 'n1');
  usage.assume(pod('b'), 'n1');
  usage.release('default/a');
  usage.see(seen(pod('b', undefined, { uid: 'another' })));
  expect(usage.on('n1').pods).toBe(0);
});

test('after any row of news, the sums are those of the pods that count', () => {
  const name = fc.constantFrom('a', 'b', 'c');
  const node = fc.constantFrom('n1', 'n2', undefined);
  const news = fc.record({ do: fc.constantFrom('see', 'delete', 'assume', 'release'), name, node });
  fc.assert(
    fc.property(fc.array(news, { maxLength: 30 }), (row) => {
      const usage = createNodeUsage();
      for (const one of row) {
        const object = pod(one.name, one.node);
        if (one.do === 'see') usage.see(seen(object));
        if (one.do === 'delete') usage.see(gone(object));
        if (one.do === 'assume') usage.assume(object, one.node ?? 'n1');
        if (one.do === 'release') usage.release(`default/${one.name}`);
      }
      const total = usage.on('n1').pods + usage.on('n2').pods;
      expect(usage.on('n1').requested.cpuMillis + usage.on('n2').requested.cpuMillis).toBe(100 * total);
      for (const each of ['a', 'b', 'c']) usage.see(gone(pod(each)));
      expect([usage.on('n1').pods, usage.on('n2').pods]).toEqual([0, 0]);
    }),
  );
});
