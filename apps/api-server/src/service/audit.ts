import { ApiError } from '@own-kube/api';
import type { Clock, Logger } from '@own-kube/process';
import type { CallContext } from '@own-kube/rpc';
import type { Verb } from '../auth/verb';

/** What a write is about. */
export interface Audited {
  readonly verb: Verb;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Runs a write and logs one line of it: who, what, which object, how it went, how long it took. */
export type Audit = <T>(ctx: CallContext, about: () => Audited, write: () => Promise<T>) => Promise<T>;

/** An audit that writes to a log. */
export const createAudit =
  ({ log, clock }: { log: Logger; clock: Clock }): Audit =>
  async (ctx, about, write) => {
    const began = clock.now();
    const record = (result: string, reason?: string) =>
      log.info('write', {
        ...about(),
        user: ctx.identity?.user,
        result,
        ...(reason ? { reason } : {}),
        ms: clock.now() - began,
      });
    try {
      const written = await write();
      record('ok');
      return written;
    } catch (error) {
      if (error instanceof ApiError) record(error.code, error.message);
      else record('Internal');
      throw error;
    }
  };
