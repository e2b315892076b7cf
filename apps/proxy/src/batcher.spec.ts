import { createBatcher, type Outcome } from './batcher';

const setup = (most?: number) => {
  const rounds: number[][] = [];
  let finish: (() => void)[] = [];
  const batch = createBatcher<number>(
    async (items) => {
      rounds.push([...items]);
      await new Promise<void>((resolve) => finish.push(resolve));
      return items.map((item): Outcome => (item < 0 ? new Error(`no ${item}`) : undefined));
    },
    { ...(most && { most }) },
  );
  const finishRound = async () => {
    const [next, ...rest] = finish;
    finish = rest;
    next?.();
    await new Promise(setImmediate);
  };
  return { rounds, batch, finishRound };
};

test('the first goes at once, and what comes meanwhile goes together', async () => {
  const { rounds, batch, finishRound } = setup();
  const all = [1, 2, 3].map(batch);
  expect(rounds).toEqual([[1]]);
  await finishRound();
  expect(rounds).toEqual([[1], [2, 3]]);
  await finishRound();
  await Promise.all(all);
  const later = batch(4);
  expect(rounds).toHaveLength(3);
  await finishRound();
  await later;
});

test('each item has an outcome of its own', async () => {
  const { batch, finishRound } = setup();
  const outcomes = Promise.allSettled([1, -2, 3].map(batch));
  await finishRound();
  await finishRound();
  expect((await outcomes).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('a round that fails fails all of its items, and the next one runs', async () => {
  let calls = 0;
  const batch = createBatcher<number>(async () => {
    if (++calls === 1) throw new Error('disk full');
    return [];
  });
  await expect(batch(1)).rejects.toThrow('disk full');
  await expect(batch(2)).resolves.toBeUndefined();
});

test('a round has no more than the most', async () => {
  const { rounds, batch, finishRound } = setup(2);
  const all = [1, 2, 3, 4].map(batch);
  await finishRound();
  await finishRound();
  await finishRound();
  await Promise.all(all);
  expect(rounds).toEqual([[1], [2, 3], [4]]);
});
