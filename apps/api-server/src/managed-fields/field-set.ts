/**
 * Sets of an object's fields, as a tree. The names of its branches are those of FieldsV1: "f:spec" is a field,
 * `k:{"name":"web"}` an item of a list by its keys, `v:"x"` a value of a list.
 */
export interface FieldSet {
  /** This field itself is in the set. */
  readonly owned: boolean;
  readonly children: ReadonlyMap<string, FieldSet>;
}

const noChildren: ReadonlyMap<string, FieldSet> = new Map();

/** No field. */
export const emptySet: FieldSet = { owned: false, children: noChildren };
/** One field, and none in it. */
export const leaf: FieldSet = { owned: true, children: noChildren };

export const isEmptySet = ({ owned, children }: FieldSet): boolean => !owned && children.size === 0;

/** A set of the children that are not empty. */
export function branch(children: Iterable<readonly [string, FieldSet]>, owned = false): FieldSet {
  const filled = [...children].filter(([, child]) => !isEmptySet(child));
  return { owned, children: new Map(filled) };
}

/** What is in one set or the other. */
export const union = (a: FieldSet, b: FieldSet): FieldSet => {
  if (isEmptySet(a)) return b;
  if (isEmptySet(b)) return a;
  const names = new Set([...a.children.keys(), ...b.children.keys()]);
  return branch(
    [...names].map((name) => [name, union(childOf(a, name), childOf(b, name))]),
    a.owned || b.owned,
  );
};

/** What is in both sets. */
export const intersect = (a: FieldSet, b: FieldSet): FieldSet =>
  branch(
    [...a.children].map(([name, child]) => [name, intersect(child, childOf(b, name))]),
    a.owned && b.owned,
  );

/** What is in the first set alone. */
export const subtract = (a: FieldSet, b: FieldSet): FieldSet =>
  isEmptySet(b)
    ? a
    : branch(
        [...a.children].map(([name, child]) => [name, subtract(child, childOf(b, name))]),
        a.owned && !b.owned,
      );

export const isSameSet = (a: FieldSet, b: FieldSet): boolean =>
  a.owned === b.owned &&
  a.children.size === b.children.size &&
  [...a.children].every(([name, child]) => b.children.has(name) && isSameSet(child, childOf(b, name)));

export const childOf = ({ children }: FieldSet, name: string): FieldSet => children.get(name) ?? emptySet;

/** The fields as people write them: `.spec.containers[name="web"].image`. */
export const pathsOf = ({ owned, children }: FieldSet, path = ''): string[] => [
  ...(owned && path ? [path] : []),
  ...[...children].flatMap(([name, child]) => pathsOf(child, path + describe(name))),
];

function describe(name: string): string {
  const rest = name.slice(2);
  if (name.startsWith('f:')) return /^[\w-]+$/.test(rest) ? `.${rest}` : `[${rest}]`;
  if (!name.startsWith('k:')) return `[${rest}]`;
  const keys = Object.entries(JSON.parse(rest) as object);
  return `[${keys.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(',')}]`;
}
