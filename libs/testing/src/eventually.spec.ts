import { eventually } from './eventually';

test('returns what the check returned, once it neither throws nor is false', async () => {
  const answers = [() => false as const, () => Promise.reject(new Error('not yet')), () => 42];
  await expect(eventually(() => answers.shift()!(), { intervalMs: 1 })).resolves.toBe(42);
});

test('a check without a result passes when it stops throwing', async () => {
  let tries = 0;
  await eventually(() => expect(++tries).toBe(3), { intervalMs: 1 });
  expect(tries).toBe(3);
});

test('at the deadline it says what was missing', async () => {
  const check = () => Promise.reject(new Error('no pod is Running'));
  await expect(eventually(check, { timeoutMs: 20, intervalMs: 1 })).rejects.toThrow(
    'Not so after 20 ms: no pod is Running',
  );
});
