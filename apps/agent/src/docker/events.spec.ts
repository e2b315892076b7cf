import { createFakeClock } from '@own-kube/testing';
import type { EngineEvent } from './engine';
import { streamEvents } from './events';

const event = (Action: string, timeNano: number) =>
  Buffer.from(`${JSON.stringify({ Action, timeNano, Actor: { ID: 'c1', Attributes: { pod: 'a' } } })}\n`);

async function* streamOf(...chunks: Uint8Array[]): AsyncIterable<Uint8Array> {
  yield* chunks;
}

const nameOf = (item: EngineEvent) => (item.type === 'container' ? `${item.action} ${item.id}` : item.type);

test('goes on from the last event after a break, however it came', async () => {
  const stop = new AbortController();
  const clock = createFakeClock();
  const opened: (string | undefined)[] = [];
  const streams = [
    async () => streamOf(event('start', 1_700_000_000_123_456_000)),
    async () => Promise.reject(new Error('refused')),
    async () => streamOf(event('die', 1_700_000_001_000_000_000)),
  ];
  const seen: string[] = [];
  const done = (async () => {
    const open = (since: string | undefined) => {
      opened.push(since);
      return streams.shift()?.() ?? Promise.reject(stop.signal.reason as Error);
    };
    for await (const item of streamEvents({ open, clock, signal: stop.signal })) {
      seen.push(nameOf(item));
      if (item.type === 'container' && item.action === 'die') stop.abort();
    }
  })();
  while (!stop.signal.aborted) await clock.advance(1000);
  await done;

  expect(seen).toEqual([
    'connected',
    'start c1',
    'disconnected',
    'disconnected',
    'connected',
    'die c1',
    'disconnected',
  ]);
  expect(opened).toEqual([undefined, '1700000000.123455000', '1700000000.123455000']);
});
