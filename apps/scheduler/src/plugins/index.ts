import { acceptsPods } from './accepts-pods';
import { fitsResources } from './fits-resources';
import { isReady } from './is-ready';
import type { Filter, Score } from './plugin';
import { scoreLeastAllocated } from './score-least-allocated';

/** What decides where pods go. */
export interface Plugins {
  /** All must pass. Of a node, the first that does not gives the reasons: the cheap and telling ones come first. */
  readonly filters: readonly Filter[];
  /** The node with the highest sum wins. */
  readonly scores: readonly Score[];
}

/** The plugins of this scheduler. Add yours here. */
export const plugins: Plugins = {
  filters: [acceptsPods, isReady, fitsResources],
  scores: [scoreLeastAllocated],
};

export type { Filter, Score } from './plugin';
