import { Encoded } from '@own-kube/rpc';
import type { CachedObject } from './cached-object';
import { encodeEvent, type EventType } from './encode';

/** One change of one object, kept with what was there before, so that a selector can tell what it means to it. */
export class CacheEvent {
  private readonly encoded: Partial<Record<EventType, Encoded>> = {};

  constructor(
    readonly revision: number,
    readonly current: CachedObject | undefined,
    readonly previous: CachedObject | undefined,
  ) {}

  get key(): string {
    return (this.current ?? this.previous)!.key;
  }

  /** What the change is to someone who sees only the objects that match. */
  typeFor(matches: (object: CachedObject) => boolean): EventType | undefined {
    const before = this.previous !== undefined && matches(this.previous);
    const after = this.current !== undefined && matches(this.current);
    if (after) return before ? 'MODIFIED' : 'ADDED';
    return before ? 'DELETED' : undefined;
  }

  /** The event's bytes, made once for all who watch. */
  encode(type: EventType): Encoded {
    const object = type === 'DELETED' ? this.previous! : this.current!;
    return (this.encoded[type] ??= new Encoded(encodeEvent(type, object.value, this.revision)));
  }
}
