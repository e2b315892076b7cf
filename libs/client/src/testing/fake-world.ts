import { EventEmitter, once } from 'node:events';
import { ApiError } from '@own-kube/api';

/** What all kinds of a fake api-server share: its revision, its history's beginning, its health. */
export interface FakeWorld {
  revision: number;
  /** Changes up to this revision are forgotten. */
  compacted: number;
  down: boolean;
  /** Goes up when all watches are to break. */
  breaks: number;
  /** Goes up when all watches are to get a bookmark. */
  bookmarks: number;
  /** Wakes the watches. */
  changed(): void;
  nextChange(signal?: AbortSignal): Promise<void>;
  /** Throws UNAVAILABLE where the server is down. */
  assertUp(): void;
}

/** Makes an empty world. */
export function createFakeWorld(): FakeWorld {
  const emitter = new EventEmitter().setMaxListeners(0);
  return {
    revision: 1,
    compacted: 0,
    down: false,
    breaks: 0,
    bookmarks: 0,
    changed: () => void emitter.emit('change'),
    nextChange: async (signal) => {
      await once(emitter, 'change', { signal });
    },
    assertUp() {
      if (this.down) throw new ApiError('Unavailable', 'The fake api-server is down.');
    },
  };
}
