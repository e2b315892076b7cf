/** The api-server against bare etcd and bare grpc-js: `npm run bench -- api`. */
import type { BenchmarkContext } from '../kit/benchmark.ts';
import { buildRow, type Bar, type Row, type Sample } from '../kit/row.ts';
import { measureCreates } from './creates.ts';
import { measureFanOut } from './fan-out.ts';
import { measureLatency } from './latency.ts';
import { measureList } from './list.ts';
import { measureCachedGets, measureConsistentGets, measureListsOfOne } from './reads.ts';
import { openBench, type Bench } from './setup.ts';
import { rssMb } from './memory.ts';

interface Figure {
  readonly what: string;
  readonly unit: string;
  readonly bar: Bar;
  readonly round: (bench: Bench, round: number) => Promise<Sample>;
}

/** In this order: the list fills the server, what follows runs with 5,000 pods in it. */
const figures: readonly Figure[] = [
  {
    what: 'memory, idle',
    unit: 'MB',
    bar: { atMost: 110 },
    round: async ({ server }) => ({ value: rssMb(server.pid) }),
  },
  {
    what: 'create of 1 KB, 64 at a time, to etcd puts',
    unit: '/s',
    bar: { atLeast: 0.4 },
    round: measureCreates,
  },
  {
    what: 'write to watch event, idle, to an etcd put',
    unit: 'ms',
    bar: { atMost: 2.5 },
    round: measureLatency,
  },
  {
    what: 'get from the cache, 64 at a time, to a bare echo',
    unit: '/s',
    bar: { atLeast: 0.7 },
    round: measureCachedGets,
  },
  {
    what: 'list of 1 from the cache, 64 at a time, to a bare echo',
    unit: '/s',
    bar: { atLeast: 0.7 },
    round: measureListsOfOne,
  },
  {
    what: 'consistent get, 64 at a time, to gets from the cache',
    unit: '/s',
    bar: { atLeast: 0.6 },
    round: measureConsistentGets,
  },
  {
    what: 'one write to 500 watchers, to a bare push',
    unit: 'events/s',
    bar: { atLeast: 0.7 },
    round: measureFanOut,
  },
  {
    what: 'list of 5,000 pods of 2 KB, to the same bytes in a bare stream',
    unit: 'ms',
    bar: { atMost: 3 },
    round: measureList,
  },
];

/** Each figure in rounds, on one server. */
export async function benchmark({ rounds, signal, note }: BenchmarkContext): Promise<Row[]> {
  await using bench = await openBench();
  const rows: Row[] = [];
  for (const { what, unit, bar, round } of figures) {
    note(what);
    const samples: Sample[] = [];
    for (let i = 0; i < rounds; i++) {
      signal.throwIfAborted();
      samples.push(await round(bench, i));
    }
    rows.push(buildRow(what, unit, samples, bar));
  }
  return rows;
}
