import { createConverse, type Converse } from '../exec';
import { createIpSession } from './ip-session';

/** The real `ip`, on what it can say without changing anything; counts how often it is started. */
const counted = () => {
  const real = createConverse();
  const seen = { starts: 0 };
  const converse: Converse = (argv) => {
    seen.starts++;
    return real(argv);
  };
  return { session: createIpSession(converse), seen };
};

test('changes follow each other in one command', async () => {
  const { session, seen } = counted();
  for (let i = 0; i < 5; i++)
    expect(await session.run(['link show dev lo', 'route show'], [`veth${i}`])).toEqual([]);
  expect(seen.starts).toBe(1);
  session.close();
});

test('each failure has its line, and the next change has a new command', async () => {
  const { session, seen } = counted();
  await session.run(['link show dev lo'], []);
  const failures = await session.run(
    ['link show dev lo', 'link set dev nosuchdevice up', 'link show dev lo'],
    [],
  );
  expect(failures).toEqual([{ line: 1, text: 'Cannot find device "nosuchdevice"' }]);
  expect(await session.run(['link show dev lo'], [])).toEqual([]);
  expect(seen.starts).toBe(2);
  session.close();
});

test('a name that is made again is made by a command that does not know it', async () => {
  const { session, seen } = counted();
  await session.run(['link show dev lo'], ['veth1']);
  await session.run(['link show dev lo'], ['veth2']);
  expect(seen.starts).toBe(1);
  await session.run(['link show dev lo'], ['veth1']);
  expect(seen.starts).toBe(2);
  session.close();
});

test('a command that ends is an error, and the next change has a new one', async () => {
  const gone = createIpSession(() => ({ say: () => {}, hear: async () => undefined, end: () => {} }));
  await expect(gone.run(['link show'], [])).rejects.toThrow('ended or hung at `link show`');
});
