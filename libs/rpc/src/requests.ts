import type { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';

/**
 * The messages that a caller streams, read one by one, so that a handler that is slow makes the caller slow. Unlike
 * the stream's own iterator it leaves the stream as it is: the status has still to be written to it.
 */
export async function* requests<T>(
  stream: Pick<Readable, 'read' | 'readableEnded' | 'once' | 'off'>,
  decode: (bytes: Buffer) => T,
  signal: AbortSignal,
): AsyncGenerator<T, void, undefined> {
  for (;;) {
    signal.throwIfAborted();
    const bytes = stream.read() as Buffer | null;
    if (bytes !== null) yield decode(bytes);
    else if (stream.readableEnded) break;
    else await change(stream, signal);
  }
  // A cancelled stream ends like a finished one, and only then tells of the cancel: half of what a caller meant to send
  // must not pass for the whole.
  await setImmediate();
  signal.throwIfAborted();
}

/** Resolves when there may be more to read, or nothing ever again. */
function change(stream: Pick<Readable, 'once' | 'off'>, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const wake = () => resolve();
  stream.once('readable', wake).once('end', wake);
  signal.addEventListener('abort', wake);
  return promise.finally(() => {
    stream.off('readable', wake).off('end', wake);
    signal.removeEventListener('abort', wake);
  });
}
