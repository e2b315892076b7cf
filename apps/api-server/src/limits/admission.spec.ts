import { leaseKind, NodesDefinition, PodsDefinition } from '@own-kube/api';
import type { CallContext, Identity, Service } from '@own-kube/rpc';
import { createAdmission } from './admission';

const services = [PodsDefinition, NodesDefinition].map((definition): Service => ({
  definition,
  handlers: {},
}));
const node: Identity = { user: 'system:node:a', groups: ['system:nodes'] };
const call = (user: string | Identity | undefined, method = 'Get', signal = new AbortController().signal) =>
  ({
    signal,
    method: method.startsWith('/') ? method : `/ownkube.core.v1.Pods/${method}`,
    identity: typeof user === 'string' ? { user, groups: [] } : user,
    header: () => undefined,
    warn: () => {},
  }) satisfies CallContext;

/** Calls that go on until they are let go. */
function calls(limits: Partial<Parameters<typeof createAdmission>[1]> = {}) {
  const admission = createAdmission(services, { inFlight: 2, queued: 2, watches: 2, ...limits });
  const running: string[] = [];
  const ends = new Map<string, () => void>();
  const begin = async (name: string, ctx: CallContext): Promise<void> => {
    await admission(ctx, async () => {
      running.push(name);
      await new Promise<void>((end) => ends.set(name, end));
      running.splice(running.indexOf(name), 1);
    });
  };
  /** Ends a call, and lets what follows from it happen. */
  const end = async (name: string) => {
    ends.get(name)!();
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  };
  return { begin, end, running };
}

test('a flood waits, others come in turn', async () => {
  const { begin, end, running } = calls();
  const flood = ['f1', 'f2', 'f3', 'f4'].map((name) => begin(name, call('flood')));
  const other = begin('o1', call('other'));
  expect(running).toEqual(['f1', 'f2']);
  await end('f1');
  expect(running).toEqual(['f2', 'f3']);
  await end('f2');
  expect(running).toEqual(['f3', 'o1']);
  for (const name of ['f3', 'o1', 'f4']) await end(name);
  await Promise.all([...flood, other]);
});

test('who has too many waiting is refused, and nobody else', async () => {
  const { begin, end } = calls({ inFlight: 1, queued: 1 });
  const first = [begin('f1', call('flood')), begin('f2', call('flood'))];
  await expect(begin('f3', call('flood'))).rejects.toMatchObject({
    code: 'ResourceExhausted',
    message: expect.stringMatching(/no room for more calls of "flood".*Try again in a second/),
  });
  const other = begin('o1', call('other'));
  for (const name of ['f1', 'f2', 'o1']) await end(name);
  await Promise.all([...first, other]);
});

test('heartbeats of nodes wait for nothing else', async () => {
  const { begin, end, running } = calls({ inFlight: 1, queued: 1 });
  const flood = begin('f', call('flood'));
  const status = begin('status', call(node, '/ownkube.core.v1.Nodes/UpdateStatus'));
  const lease = begin('lease', call(node, `/${leaseKind.service.fullName}/Update`));
  const pretended = begin('pretended', call('mallory', '/ownkube.core.v1.Nodes/UpdateStatus'));
  expect(running).toEqual(['f', 'status', 'lease']);
  for (const name of ['f', 'status', 'lease', 'pretended']) await end(name);
  await Promise.all([flood, status, lease, pretended]);
});

test('watches are counted, and wait for nothing', async () => {
  const { begin, end, running } = calls({ inFlight: 1 });
  const held = [begin('call', call('a')), begin('w1', call('a', 'Watch')), begin('w2', call('a', 'Watch'))];
  expect(running).toEqual(['call', 'w1', 'w2']);
  await expect(begin('w3', call('a', 'Watch'))).rejects.toMatchObject({
    code: 'ResourceExhausted',
    message: '"a" has 2 watches open, and may have 2. End some, or share them.',
  });
  await end('w1');
  held.push(begin('w4', call('a', 'Watch')));
  for (const name of ['call', 'w2', 'w4']) await end(name);
  await Promise.all(held);
});

test('a caller that goes away gives up its place', async () => {
  const { begin, end, running } = calls({ inFlight: 1 });
  const going = new AbortController();
  const first = begin('a', call('u'));
  const gone = begin('b', call('u', 'Get', going.signal));
  const last = begin('c', call('u'));
  going.abort(new Error('gone'));
  await expect(gone).rejects.toThrow('gone');
  await end('a');
  expect(running).toEqual(['c']);
  await end('c');
  await Promise.all([first, last]);
});

test('a call that fails gives its seat back', async () => {
  const admission = createAdmission(services, { inFlight: 1, queued: 0, watches: 1 });
  for (let round = 0; round < 3; round++)
    await expect(
      admission(call('u'), async () => {
        throw new Error('failed');
      }),
    ).rejects.toThrow('failed');
});

test('nobody is let in without an identity', () => {
  const admission = createAdmission(services, { inFlight: 1, queued: 1, watches: 1 });
  expect(() => admission(call(undefined), async () => {})).toThrow(/Say who you are/);
});
