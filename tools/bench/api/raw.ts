/** Calls and streams in bytes alone, so that both sides of a comparison are measured by the same, thinnest client. */
import type { Client, ClientReadableStream } from '@grpc/grpc-js';

const asIs = (bytes: Buffer): Buffer => bytes;

/** One unary call. */
export const call = (client: Client, path: string, request: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    client.makeUnaryRequest(path, asIs, asIs, request, (error, response) =>
      error ? reject(error) : resolve(response!),
    );
  });

/** One stream of answers. */
export const stream = (client: Client, path: string, request: Buffer): ClientReadableStream<Buffer> =>
  client.makeServerStreamRequest(path, asIs, asIs, request);

/** How often per second `work` is done when so many do it side by side for so many milliseconds. */
export async function rate(
  work: (index: number) => Promise<unknown>,
  concurrency = 64,
  ms = 1500,
): Promise<number> {
  const started = performance.now();
  const end = started + ms;
  let count = 0;
  const worker = async (): Promise<void> => {
    while (performance.now() < end) await work(count++);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return (count / (performance.now() - started)) * 1000;
}

/** How many milliseconds something takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
