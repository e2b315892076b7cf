import { Pod } from '@own-kube/api';
import type { ClientReadableStream } from '@grpc/grpc-js';
import type { Sample } from '../kit/row.ts';
import { paths, podBytes, watchBytes } from './objects.ts';
import { call, stream, timed } from './raw.ts';
import type { Bench } from './setup.ts';

const watchers = 500;
const writes = 40;

/** Opens streams, and says when all of them together have got so many messages. */
function openStreams(open: () => ClientReadableStream<Buffer>) {
  let left = Infinity;
  let done: () => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const streams = Array.from({ length: watchers }, open);
  for (const each of streams) {
    each.on('data', () => --left === 0 && done());
    each.on('error', (error) => fail(error));
  }
  return {
    ready: Promise.all(streams.map((each) => new Promise((resolve) => each.once('metadata', resolve)))),
    expect: (count: number) => {
      left = count;
      return new Promise<void>((resolve, reject) => ([done, fail] = [resolve, reject]));
    },
    close: () => {
      fail = () => undefined;
      for (const each of streams) each.cancel();
    },
  };
}

/** Events per second over all streams while `write` is called so many times, eight at once. */
async function eventRate(
  streams: ReturnType<typeof openStreams>,
  write: (i: number) => Promise<unknown>,
): Promise<number> {
  const all = streams.expect(watchers * writes);
  const ms = await timed(async () => {
    let next = 0;
    const writer = async (): Promise<void> => {
      while (next < writes) await write(next++);
    };
    await Promise.all([all, ...Array.from({ length: 8 }, writer)]);
  });
  return ((watchers * writes) / ms) * 1000;
}

/** Writes that 500 watchers see, and pushes of the same bytes to 500 bare streams. */
export async function measureFanOut({ ours, bare }: Bench, round: number): Promise<Sample> {
  const empty = Buffer.alloc(0);
  await call(bare.grpc, '/bench.Bare/Set', podBytes('pushed', 1000));
  const pushed = openStreams(() => stream(bare.grpc, '/bench.Bare/Open', empty));
  await pushed.ready;
  const baseline = await eventRate(pushed, () => call(bare.grpc, '/bench.Bare/Push', empty));
  pushed.close();

  const first = Pod.decode(await call(ours.grpc, paths.create, podBytes(`fan-${round}`, 1000)));
  const watched = openStreams(() =>
    stream(ours.grpc, paths.watch, watchBytes(first.metadata!.resourceVersion!)),
  );
  // A watch sends its headers with its first event: one write that all of them see says that they are open.
  const opened = watched.expect(watchers);
  await call(ours.grpc, paths.create, podBytes(`fan-${round}-open`, 1000));
  await opened;
  const value = await eventRate(watched, (i) =>
    call(ours.grpc, paths.create, podBytes(`fan-${round}-${i}`, 1000)),
  );
  watched.close();
  return { value, baseline };
}
