import { once } from 'node:events';
import type { Sample } from '../kit/row.ts';
import { listBytes, paths, podBytes } from './objects.ts';
import { call, stream, timed } from './raw.ts';
import type { Bench } from './setup.ts';

const pods = 5000;
const namePrefix = 'listed';

/** Fills the server up, once. */
async function fill({ ours }: Bench): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < pods) await call(ours.grpc, paths.create, podBytes(`${namePrefix}-${next++}`, 2000));
  };
  await Promise.all(Array.from({ length: 64 }, worker));
}

/** A list of all pods, and as many bytes in a message of a bare stream. */
export async function measureList(bench: Bench, round: number): Promise<Sample> {
  if (round === 0) await fill(bench);
  const { ours, bare } = bench;
  const answer = await call(ours.grpc, paths.list, listBytes());
  await call(bare.grpc, '/bench.Bare/Set', answer);
  const baseline = await timed(async () => {
    const bulk = stream(bare.grpc, '/bench.Bare/Bulk', Buffer.alloc(0)).resume();
    await once(bulk, 'end');
  });
  return { value: await timed(() => call(ours.grpc, paths.list, listBytes())), baseline };
}
