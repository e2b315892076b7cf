/** Lets calls in: so many at a time, identities in turn, so that one that floods holds up itself alone. */
import { ApiError } from '@own-kube/api';
import type { Around, CallContext, Service } from '@own-kube/rpc';
import { identityOf } from '../auth/authorizer';
import { nodeNameOf } from '../auth/node/node-rules';
import { FairQueue, type FairQueueLimits } from './fair-queue';
import { createLanes } from './lanes';

export interface AdmissionLimits {
  /** Calls that are served at a time, those that last apart. */
  readonly inFlight: number;
  /** Calls of one identity that wait. */
  readonly queued: number;
  /** Watches of one identity that are open. */
  readonly watches: number;
}

/** Gives the seat to who waits for it. */
type Waiting = () => void;

/** Of all nodes together: a heartbeat takes a millisecond. */
const heartbeatSeats = 64;

/** See the head of this file. Refuses also who has no identity. */
export function createAdmission(services: readonly Service[], limits: AdmissionLimits): Around {
  const laneOf = createLanes(services);
  const queueOf = (queue: FairQueueLimits) => new FairQueue<Waiting>(queue);
  const ordinary = queueOf({ seats: limits.inFlight, queue: limits.queued });
  const heartbeats = queueOf({ seats: heartbeatSeats, queue: limits.queued });
  const streams = new Map<string, number>();

  return (ctx, next) => {
    const identity = identityOf(ctx);
    const lane = laneOf(ctx.method, nodeNameOf(identity) !== undefined);
    if (lane === 'stream') return counted(streams, { user: identity.user, most: limits.watches }, next);
    return seated(lane === 'heartbeat' ? heartbeats : ordinary, ctx, { user: identity.user, next });
  };
}

async function counted<T>(
  streams: Map<string, number>,
  { user, most }: { user: string; most: number },
  next: () => Promise<T>,
): Promise<T> {
  const open = streams.get(user) ?? 0;
  if (open >= most)
    throw new ApiError(
      'ResourceExhausted',
      `"${user}" has ${open} watches open, and may have ${most}. End some, or share them.`,
    );
  streams.set(user, open + 1);
  try {
    return await next();
  } finally {
    const left = streams.get(user)! - 1;
    if (left > 0) streams.set(user, left);
    else streams.delete(user);
  }
}

async function seated<T>(
  queue: FairQueue<Waiting>,
  ctx: CallContext,
  { user, next }: { user: string; next: () => Promise<T> },
): Promise<T> {
  if (!queue.tryTake()) await wait(queue, user, ctx.signal);
  try {
    return await next();
  } finally {
    queue.done()?.();
  }
}

/** Resolves with a seat. A caller that goes away gives up its place. */
function wait(queue: FairQueue<Waiting>, user: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const gone = () => {
      if (queue.leave(user, seat)) reject(signal.reason as Error);
    };
    const seat: Waiting = () => {
      signal.removeEventListener('abort', gone);
      resolve();
    };
    if (!queue.join(user, seat))
      return reject(
        new ApiError(
          'ResourceExhausted',
          `The api-server has no room for more calls of "${user}" at this moment: too many of its calls wait. ` +
            'Try again in a second, and call less at a time.',
        ),
      );
    signal.addEventListener('abort', gone, { once: true });
    if (signal.aborted) gone();
  });
}
