import type { Sample } from '../kit/row.ts';
import { paths, podBytes } from './objects.ts';
import { call, rate } from './raw.ts';
import type { Bench } from './setup.ts';

/** Creates through the api-server, and puts of as many bytes straight into etcd, from this one process. */
export async function measureCreates({ ours, etcd }: Bench, round: number): Promise<Sample> {
  const value = podBytes('baseline', 1000);
  const baseline = await rate((i) => etcd.put(`/bench/${round}-${i}`).value(value).exec());
  const created = await rate((i) => call(ours.grpc, paths.create, podBytes(`created-${round}-${i}`, 1000)));
  return { value: created, baseline };
}
