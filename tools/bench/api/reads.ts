import type { Sample } from '../kit/row.ts';
import { getBytes, listBytes, paths, podBytes } from './objects.ts';
import { call, rate } from './raw.ts';
import type { Bench } from './setup.ts';

/** The pod that is read; made by the first round of whoever comes first. */
async function readPod({ ours }: Bench): Promise<string> {
  const name = 'read-me';
  await call(ours.grpc, paths.get, getBytes(name, 'newest')).catch(() =>
    call(ours.grpc, paths.create, podBytes(name, 1000)),
  );
  return name;
}

/** The rate of a call to the api-server, and of an echo of the same answer. */
async function besideEcho({ ours, bare }: Bench, path: string, request: Buffer): Promise<Sample> {
  await call(bare.grpc, '/bench.Bare/Set', await call(ours.grpc, path, request));
  const baseline = await rate(() => call(bare.grpc, '/bench.Bare/Echo', request));
  return { value: await rate(() => call(ours.grpc, path, request)), baseline };
}

export const measureCachedGets = async (bench: Bench): Promise<Sample> =>
  besideEcho(bench, paths.get, getBytes(await readPod(bench), 'cache'));

export const measureListsOfOne = async (bench: Bench): Promise<Sample> =>
  besideEcho(bench, paths.list, listBytes(`metadata.name=${await readPod(bench)}`));

/** Reads that see every write before them, and reads of whatever is cached. */
export async function measureConsistentGets(bench: Bench): Promise<Sample> {
  const name = await readPod(bench);
  const gets = (from: 'cache' | 'newest') =>
    rate(() => call(bench.ours.grpc, paths.get, getBytes(name, from)));
  const baseline = await gets('cache');
  return { value: await gets('newest'), baseline };
}
