import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLogger, Registry } from '@own-kube/process';
import { createFakeClock } from '@own-kube/process/testing';
import { openIpam } from '../ipam/ipam';
import { createKeyedLock } from '../keyed-lock';
import { vethName } from '../links/names';
import { parseStartTime } from '../links/proc-stat';
import type { Leaks } from '../links/plan-leaks';
import { aLink, aRoute } from '../links/testing';
import { createMetrics } from '../metrics';
import { createReconcile } from './reconcile';
import { useFolders } from '../testing/folders';

const newFolder = useFolders();

const setup = async ({ deleted = [] as string[] } = {}) => {
  const clock = createFakeClock();
  const ipam = await openIpam(join(await newFolder(), 'leases'), clock);
  await ipam.useCidr('10.244.1.0/24');
  const removed: Leaks[] = [];
  const detached: string[] = [];
  const registry = new Registry();
  const reconcile = createReconcile({
    ipam,
    links: {
      attach: async () => {},
      ensure: async () => [],
      detach: async () => {},
      removeLeaks: async (leaks) => void removed.push(leaks),
      close: () => {},
    },
    network: { wiringOf: () => undefined },
    pods: { detach: async ({ podUid }) => void detached.push(podUid) },
    isDeleted: (uid) => deleted.includes(uid),
    lock: createKeyedLock(),
    metrics: createMetrics(registry, ipam),
    clock,
    log: createLogger({ component: 'test', level: 'error' }),
  });
  const lease = (uid: string, { pid, startTime } = { pid: 1, startTime: 1 }) =>
    ipam.lease({ uid, namespace: 'default', name: uid, pid, startTime });
  return { clock, ipam, removed, detached, reconcile, lease, registry };
};

const nothing = { links: [], routes: [] };
const itself = async () => ({
  pid: process.pid,
  startTime: parseStartTime(await readFile('/proc/self/stat', 'utf8')) ?? 0,
});

test('what belongs to no lease is taken away, and counted', async () => {
  const { reconcile, removed, lease, registry, ipam } = await setup();
  const { ip } = await lease('a');
  const seen = {
    links: [vethName('a'), vethName('gone')].map((name) => aLink({ name, kind: 'veth' })),
    routes: [ip, '10.244.1.77'].map((dst) => aRoute({ dst, dev: 'br0' })),
  };
  await reconcile(seen);
  expect(removed).toEqual([{ veths: [vethName('gone')], ways: ['10.244.1.77'] }]);
  expect(await registry.metrics()).toContain('own_kube_proxy_repairs_total{what="leak"} 2');
  expect(await registry.metrics()).toContain('own_kube_proxy_leases{state="used"} 1');
  await reconcile(nothing);
  expect(removed).toHaveLength(1);
  await ipam.close();
});

test('the lease of a pod is released when the cluster has it no more, its process is gone, and it is not new', async () => {
  const { reconcile, detached, lease, clock, ipam } = await setup({ deleted: ['gone', 'runs'] });
  await lease('gone');
  await lease('runs', await itself());
  await lease('known');
  await reconcile(nothing);
  expect(detached).toEqual([]);
  await clock.advance(60_000);
  await reconcile(nothing);
  expect(detached).toEqual(['gone']);
  await ipam.close();
});
