import type { CachedObject } from './cached-object';

/** Which objects a caller sees: those of a scope, and of them those that its selectors match. */
export interface Selection {
  /** Of the objects' keys: a kind, or a namespace of it. */
  readonly prefix: string;
  /** Whether every object of the scope matches. */
  readonly everything: boolean;
  readonly matches: (object: CachedObject) => boolean;
}
