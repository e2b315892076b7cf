import fc from 'fast-check';
import { FairQueue } from './fair-queue';

/** Lets all who wait have their turn, one after the other. */
function drain(queue: FairQueue<string>): string[] {
  const order: string[] = [];
  for (let next = queue.done(); next !== undefined; next = queue.done()) order.push(next);
  return order;
}
const full = (seats: number, queue = 100) => {
  const made = new FairQueue<string>({ seats, queue });
  for (let seat = 0; seat < seats; seat++) expect(made.tryTake()).toBe(true);
  expect(made.tryTake()).toBe(false);
  return made;
};

test('so many run at a time', () => {
  const queue = full(2);
  expect(queue.done()).toBeUndefined();
  expect(queue.tryTake()).toBe(true);
  expect(queue.tryTake()).toBe(false);
});

test('each flow gets its turn', () => {
  const queue = full(1);
  for (const who of ['a1', 'a2', 'a3', 'a4', 'b1', 'c1', 'b2']) queue.join(who[0]!, who);
  expect(drain(queue)).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3', 'a4']);
});

test('who comes late waits for one of each flow at most', () => {
  const queue = full(1);
  for (let index = 0; index < 50; index++) queue.join('flood', `f${index}`);
  expect([queue.done(), queue.done()]).toEqual(['f0', 'f1']);
  queue.join('node', 'heartbeat');
  expect([queue.done(), queue.done(), queue.done()]).toEqual(['f2', 'heartbeat', 'f3']);
});

test('the queue of a flow is bounded, and its own', () => {
  const queue = full(1, 2);
  expect(['a', 'a', 'a', 'b'].map((flow, index) => queue.join(flow, `${flow}${index}`))).toEqual([
    true,
    true,
    false,
    true,
  ]);
});

test('who leaves gets no turn', () => {
  const queue = full(1);
  queue.join('a', 'a1');
  queue.join('a', 'a2');
  expect(queue.leave('a', 'a1')).toBe(true);
  expect(queue.leave('a', 'a1')).toBe(false);
  expect(queue.leave('b', 'b1')).toBe(false);
  expect(drain(queue)).toEqual(['a2']);
  expect(queue.waiting).toBe(0);
});

test('everyone gets exactly one turn, and never two of a flow while another waits', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 60 }), (flows) => {
      const queue = full(1);
      const all = flows.map((flow, index) => `${flow}${index}`);
      all.forEach((who) => queue.join(who[0]!, who));
      const order = drain(queue);
      expect([...order].sort()).toEqual([...all].sort());
      order.forEach((who, index) => {
        const others = order.slice(index + 1).filter((later) => later[0] !== who[0]);
        if (others.length > 0) expect(order[index + 1]![0]).not.toBe(who[0]);
      });
    }),
  );
});
