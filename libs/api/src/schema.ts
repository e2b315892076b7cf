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
  /** Accepted and kept, but nothing acts on it: whoever sets it is warned. */
  readonly notActedOn?: boolean;
}
