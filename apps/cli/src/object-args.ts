import { didYouMean, findKind, type Kind, kinds } from '@own-kube/api';
import { UsageError } from './exit-codes';

/** Which objects a command line names. */
export interface ObjectArgs {
  readonly kind: Kind;
  /** Empty: all. */
  readonly names: readonly string[];
}

/** Reads "pods", "pod a b" or "pod/a pod/b". */
export function parseObjectArgs(args: readonly string[]): ObjectArgs {
  const [first = '', ...rest] = args;
  if (!first.includes('/')) return { kind: kindNamed(first), names: rest };
  const pairs = args.map((arg) => {
    const [kind = '', name = '', ...more] = arg.split('/');
    if (!name || more.length > 0) throw new UsageError(`"${arg}" must be KIND/NAME, as pod/web.`);
    return { kind: kindNamed(kind), name };
  });
  const other = pairs.find(({ kind }) => kind !== pairs[0]!.kind);
  if (other) throw new UsageError(`${pairs[0]!.kind.plural} and ${other.kind.plural} need a command each.`);
  return { kind: pairs[0]!.kind, names: pairs.map(({ name }) => name) };
}

function kindNamed(name: string): Kind {
  const kind = findKind(name);
  if (kind) return kind;
  const known = kinds.flatMap(({ plural, singular }) => [plural, singular]);
  const list = kinds.map(({ plural }) => plural).join(', ');
  throw new UsageError(`Unknown kind "${name}"${didYouMean(name, known)}; known kinds are ${list}.`);
}
