import type { ApiObject, Kind } from '@own-kube/api';

/** What of an object selectors can ask for. */
export interface Selectable {
  readonly labels: Readonly<Record<string, string>>;
  /** By path: "metadata.name", "spec.nodeName". */
  readonly fields: Readonly<Record<string, string>>;
}

/** A kind, and what selectors can ask of its objects. */
export interface CachedKind {
  readonly kind: Kind;
  selectable(object: ApiObject): Selectable;
}

/** One version of an object, as stored: bytes without a resourceVersion. */
export class CachedObject {
  private selectableOnce: Selectable | undefined;

  constructor(
    private readonly of: CachedKind,
    readonly key: string,
    readonly value: Uint8Array,
    readonly revision: number,
  ) {}

  /** The object as a message, without its resourceVersion. Decoded anew each time. */
  decode(): ApiObject {
    return this.of.kind.type.decode(this.value);
  }

  /** Found when it is first asked for: without selectors nobody pays for it. */
  get selectable(): Selectable {
    return (this.selectableOnce ??= this.of.selectable(this.decode()));
  }
}
