/** What is known of a message's field, beyond its TypeScript type. Made from proto/ at build time. */
export interface FieldSchema {
  readonly name: string;
  readonly number: number;
  /** A scalar's name ("string", "int32"), or the full name of a message. For a map, that of its values. */
  readonly type: string;
  readonly repeated?: boolean;
  /** A map from string to `type`. */
  readonly map?: boolean;
  /** The message's fields stand in the enclosing object in JSON and YAML. */
  readonly inline?: boolean;
  /** Tells the items of this list apart in a strategic merge patch. */
  readonly mergeKey?: string;
  /**
   * Tell the items of this list apart for apply, where that takes more than the merge key; "protocol=TCP": an item
   * without a protocol is one with TCP.
   */
  readonly listKeys?: readonly string[];
  /** A list of plain values without order, of which patches and apply add and remove single ones. */
  readonly mergeItems?: boolean;
  /** Apply takes it as one value with one owner. */
  readonly atomic?: boolean;
  /** Accepted and kept, but nothing acts on it: whoever sets it is warned. */
  readonly notActedOn?: boolean;
}
