import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { openIpam, type Ipam } from './ipam';
import { useFolders } from '../testing/folders';

const newFolder = useFolders();

const clock = { now: () => 1_000 };
const open = (folder: string) => openIpam(join(folder, 'leases'), clock);
const owner = (uid: string, pid = 1) => ({
  uid,
  namespace: 'default',
  name: `pod-${uid}`,
  pid,
  startTime: 5,
});
const ips = (ipam: Ipam) => Object.fromEntries(ipam.list().map(({ uid, ip }) => [uid, ip]));

const openWith = async (cidr = '10.244.1.0/24') => {
  const folder = await newFolder();
  const ipam = await open(folder);
  await ipam.useCidr(cidr);
  return { folder, ipam };
};

test('without a range, it says so', async () => {
  const ipam = await open(await newFolder());
  await expect(ipam.lease(owner('a'))).rejects.toMatchObject({ code: 'Unavailable' });
  await ipam.close();
});

test('the same owner has the same address, also after a restart and with another process', async () => {
  const { folder, ipam } = await openWith();
  const first = await ipam.lease(owner('a'));
  expect(await ipam.lease(owner('a'))).toEqual(first);
  await ipam.close();
  const again = await open(folder);
  expect(await again.lease(owner('a', 77))).toMatchObject({ ip: first.ip, pid: 77 });
  expect((await again.lease(owner('b'))).ip).toBe('10.244.1.3');
  await again.close();
});

test('an address that was given back rests, also over a restart', async () => {
  const { folder, ipam } = await openWith();
  await ipam.lease(owner('a'));
  await ipam.release('a');
  await ipam.release('a');
  await ipam.close();
  const again = await open(folder);
  expect((await again.lease(owner('b'))).ip).toBe('10.244.1.3');
  await again.close();
});

test('a used-up range says so, and goes on when an address is free', async () => {
  const { ipam } = await openWith('10.244.1.0/29');
  await Promise.all(['a', 'b', 'c', 'd', 'e'].map((uid) => ipam.lease(owner(uid))));
  await expect(ipam.lease(owner('f'))).rejects.toMatchObject({
    code: 'ResourceExhausted',
    message: expect.stringContaining('No free address in 10.244.1.0/29: all 5 are leased') as string,
  });
  expect([ipam.used, ipam.free]).toEqual([5, 0]);
  await ipam.release('c');
  expect((await ipam.lease(owner('f'))).ip).toBe('10.244.1.4');
  await ipam.close();
});

test('another range drops the leases outside of it, for good', async () => {
  const { folder, ipam } = await openWith();
  await ipam.lease(owner('a'));
  expect(await ipam.useCidr('10.244.1.0/24')).toEqual([]);
  expect(await ipam.useCidr('10.244.9.0/24')).toMatchObject([{ uid: 'a' }]);
  expect((await ipam.lease(owner('b'))).ip).toBe('10.244.9.2');
  await ipam.close();
  const again = await open(folder);
  expect([again.cidr, ips(again)]).toEqual(['10.244.9.0/24', { b: '10.244.9.2' }]);
  await again.close();
});

test('fifty at once are distinct', async () => {
  const { ipam } = await openWith();
  const leases = await Promise.all(Array.from({ length: 50 }, (_, i) => ipam.lease(owner(`p${i}`))));
  expect(new Set(leases.map(({ ip }) => ip)).size).toBe(50);
  await ipam.close();
});

test('cut at any byte of what one answer wrote, everything that was answered before is kept', async () => {
  const { folder, ipam } = await openWith();
  await ipam.lease(owner('a'));
  await ipam.lease(owner('b'));
  await ipam.release('a');
  const before = ips(ipam);
  const path = join(folder, 'leases');
  const start = (await readFile(path)).length;
  const answered = await ipam.lease(owner('c'));
  const whole = await readFile(path);
  await ipam.close();
  for (let cut = start; cut <= whole.length; cut++) {
    await writeFile(path, whole.subarray(0, cut));
    const again = await open(folder);
    expect(ips(again)).toEqual(cut === whole.length ? { ...before, c: answered.ip } : before);
    await again.close();
  }
});

test('whatever is asked for and however often it is killed: one address an owner, one owner an address', async () => {
  const uid = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
  const step = fc.oneof(
    fc.record({ do: fc.constantFrom('lease' as const, 'release' as const), uid }),
    fc.record({ do: fc.constant('kill' as const), uid }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      let { folder, ipam } = await openWith('10.244.1.0/29');
      const held = new Map<string, string>();
      for (const { do: action, uid } of steps) {
        if (action === 'kill') {
          const next = await newFolder();
          await copyFile(join(folder, 'leases'), join(next, 'leases'));
          await ipam.close();
          [folder, ipam] = [next, await open(next)];
        } else if (action === 'release') {
          await ipam.release(uid);
          held.delete(uid);
        } else if (held.size < 5 || held.has(uid)) {
          const { ip } = await ipam.lease(owner(uid));
          expect(held.get(uid) ?? ip).toBe(ip);
          held.set(uid, ip);
        }
        expect(ips(ipam)).toEqual(Object.fromEntries(held));
        expect(new Set(held.values()).size).toBe(held.size);
      }
      await ipam.close();
    }),
    { numRuns: 30 },
  );
});
