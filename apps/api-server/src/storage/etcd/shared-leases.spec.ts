import { SharedLeases } from './shared-leases';

function setUp() {
  const granted: number[] = [];
  const clock = { now: 0 };
  let refuse = false;
  const leases = new SharedLeases({
    now: () => clock.now,
    grant: async (ttl) => {
      if (refuse) throw new Error('etcd is away');
      return String(granted.push(ttl));
    },
  });
  return { leases, granted, clock, refuse: (now: boolean) => (refuse = now) };
}

test('what is written within some minutes shares a lease, which outlives the last of it', async () => {
  const { leases, granted, clock } = setUp();
  expect(await Promise.all([leases.idFor(3600), leases.idFor(3600)])).toEqual(['1', '1']);
  clock.now = 179_999;
  expect(await leases.idFor(3600)).toBe('1');
  clock.now = 180_000;
  expect(await leases.idFor(3600)).toBe('2');
  expect(granted).toEqual([3780, 3780]);
});

test('other times to live have other leases', async () => {
  const { leases } = setUp();
  expect([await leases.idFor(60), await leases.idFor(3600)]).toEqual(['1', '2']);
});

test('a lease that was not granted is asked for again', async () => {
  const { leases, refuse } = setUp();
  refuse(true);
  await expect(leases.idFor(3600)).rejects.toThrow('etcd is away');
  refuse(false);
  expect(await leases.idFor(3600)).toBe('1');
});

test('leases that etcd has forgotten are made anew', async () => {
  const { leases } = setUp();
  await leases.idFor(3600);
  leases.forgetAll();
  expect(await leases.idFor(3600)).toBe('2');
});
