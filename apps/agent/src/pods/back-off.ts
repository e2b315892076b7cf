/** The first pause before a container is started again, and the longest. */
const firstPauseMs = 10_000;
const longestPauseMs = 300_000;
/** Who ran so long has recovered: its next end is a first one. */
const recoveredAfterMs = 600_000;

/** An end, as far as the pause after it goes. */
export interface Ended {
  /** How many ends in a row came soon before this one. */
  readonly backOffStep: number;
  readonly createdAt: number;
  readonly startedAt?: number | undefined;
  readonly finishedAt?: number | undefined;
}

/** When something that ended may be started again, and with which step. The first time at once, then 10 s, 20 s, ... 5 min. */
export function restartAfter(ended: Ended): { at: number; backOffStep: number } {
  const startedAt = ended.startedAt ?? ended.createdAt;
  const finishedAt = ended.finishedAt ?? startedAt;
  if (finishedAt - startedAt >= recoveredAfterMs) return { at: finishedAt, backOffStep: 0 };
  return { at: finishedAt + pauseMs(ended.backOffStep), backOffStep: ended.backOffStep + 1 };
}

/** The pause of the n-th repetition: 0, 10 s, 20 s, 40 s, ... 5 min. */
export const pauseMs = (step: number): number =>
  step <= 0 ? 0 : Math.min(longestPauseMs, firstPauseMs * 2 ** (step - 1));
