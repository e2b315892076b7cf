import { type Kind, kinds } from './kinds';

/** The kind that a person means by "pods", "pod", "po" or "Pod"; undefined if there is none. */
export function findKind(name: string): Kind | undefined {
  const wanted = name.toLowerCase();
  return kinds.find(
    ({ kind, plural, singular, shortNames }) =>
      [kind.toLowerCase(), plural, singular].includes(wanted) || shortNames.some((short) => short === wanted),
  );
}

/** The names of all kinds, as they stand in manifests: "Pod, Node, Namespace". */
export const kindNames = (): string => kinds.map(({ kind }) => kind).join(', ');

/** How an object is named to a person: "pod/web". */
export const objectName = (kind: Kind, name: string | undefined): string => `${kind.singular}/${name ?? ''}`;
