/** A map from string keys that keeps them in order, so that the keys with a prefix are a range. */
export class SortedMap<V> {
  private readonly values = new Map<string, V>();
  private keys: string[] = [];

  get size(): number {
    return this.keys.length;
  }

  get(key: string): V | undefined {
    return this.values.get(key);
  }

  set(key: string, value: V): void {
    if (!this.values.has(key)) this.keys.splice(this.position(key), 0, key);
    this.values.set(key, value);
  }

  delete(key: string): void {
    if (this.values.delete(key)) this.keys.splice(this.position(key), 1);
  }

  /** Replaces everything. */
  reset(entries: Iterable<readonly [string, V]>): void {
    this.values.clear();
    for (const [key, value] of entries) this.values.set(key, value);
    this.keys = [...this.values.keys()].sort(byteOrder);
  }

  /** The values whose keys begin with a prefix; with `after`, those behind that key alone. */
  *range(prefix: string, after?: string): Generator<V> {
    let index = this.position(after === undefined || after < prefix ? prefix : `${after}\0`);
    for (; index < this.keys.length && this.keys[index]!.startsWith(prefix); index += 1)
      yield this.values.get(this.keys[index]!)!;
  }

  /** Where a key stands or would stand. */
  private position(key: string): number {
    let low = 0;
    let high = this.keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.keys[middle]! < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const byteOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
