import { Pod, PodEvent } from '@own-kube/api';
import { median, type Sample } from '../kit/row.ts';
import { paths, podBytes, watchBytes } from './objects.ts';
import { call, stream, timed } from './raw.ts';
import type { Bench } from './setup.ts';

const samples = 50;

/** From the call of a write to its event at a watcher, one at a time, and one put to etcd at a time. */
export async function measureLatency({ ours, etcd }: Bench, round: number): Promise<Sample> {
  const value = podBytes('latency', 1000);
  const puts: number[] = [];
  for (let i = 0; i < samples; i++)
    puts.push(await timed(() => etcd.put('/bench/latency').value(value).exec()));

  const first = Pod.decode(await call(ours.grpc, paths.create, podBytes(`latency-${round}`, 1000)));
  const watch = stream(ours.grpc, paths.watch, watchBytes(first.metadata!.resourceVersion!));
  const arrived = new Map<string, () => void>();
  watch.on('data', (bytes: Buffer) => arrived.get(PodEvent.decode(bytes).object!.metadata!.name!)?.());
  const broken = new Promise<never>((_resolve, reject) => watch.on('error', reject));
  const events: number[] = [];
  for (let i = 0; i < samples; i++) {
    const name = `latency-${round}-${i}`;
    const bytes = podBytes(name, 1000);
    const event = new Promise<void>((resolve) => arrived.set(name, resolve));
    events.push(
      await timed(async () => {
        await Promise.race([broken, Promise.all([call(ours.grpc, paths.create, bytes), event])]);
      }),
    );
  }
  broken.catch(() => undefined);
  watch.cancel();
  return { value: median(events), baseline: median(puts) };
}
