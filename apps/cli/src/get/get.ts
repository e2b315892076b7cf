import { type ApiObject, isNotFound, type Kind } from '@own-kube/api';
import type { KindClient } from '@own-kube/client';
import { type Cluster, type ClusterOptions, withCluster } from '../connect';
import type { Context } from '../context';
import { UsageError } from '../exit-codes';
import { parseObjectArgs } from '../object-args';
import { watchChanges } from '../watch-changes';
import { createPrinter, type PrintOptions } from './printer';

export interface GetOptions extends ClusterOptions, Omit<PrintOptions, 'now'> {
  readonly watch?: boolean;
  readonly selector?: string;
  readonly fieldSelector?: string;
}

/** What a `get` is about, once flags and cluster are known. */
interface Request {
  readonly kind: Kind;
  readonly client: KindClient<ApiObject>;
  readonly names: readonly string[];
  readonly namespace: string | undefined;
  readonly options: GetOptions;
}

/** `okube get` */
export async function get(args: readonly string[], options: GetOptions, context: Context): Promise<void> {
  const { kind, names } = parseObjectArgs(args);
  if (names.length > 0 && (options.selector || options.fieldSelector || options.allNamespaces))
    throw new UsageError('Names do not go with a selector or with --all-namespaces.');
  if (names.length > 1 && options.watch) throw new UsageError('--watch takes one name, or none for all.');
  await withCluster(options, context, async (cluster) => {
    const request = requestOf({ kind, names }, options, cluster);
    if (names.length > 1) await printNamed(request, context);
    else await printList(request, context);
  });
}

function requestOf(
  { kind, names }: Pick<Request, 'kind' | 'names'>,
  options: GetOptions,
  { api, namespace }: Cluster,
): Request {
  const inNamespace = kind.namespaced && !options.allNamespaces;
  return { kind, names, options, client: api.of(kind), namespace: inNamespace ? namespace : undefined };
}

/** Prints the objects that are there; then fails for those that are not. */
async function printNamed(request: Request, context: Context): Promise<void> {
  const { kind, client, names, namespace, options } = request;
  const results = await Promise.allSettled(
    names.map((name) => client.get({ namespace, name }, { signal: context.signal })),
  );
  const found = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const errors = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : []));
  const worst = errors.find((error) => !isNotFound(error));
  if (worst) throw worst;
  if (found.length > 0) context.out(createPrinter(kind, { ...options, now: context.now }).many(found));
  errors.slice(1).forEach((error) => context.err(`Error: ${error.message}`));
  if (errors[0]) throw errors[0];
}

/** Prints all, or the one that is named; goes on with what changes where that is asked for. */
async function printList(request: Request, context: Context): Promise<void> {
  const { kind, client, names, namespace, options } = request;
  const { signal, out, err } = context;
  const [name] = names;
  const printer = createPrinter(kind, { ...options, now: context.now });
  const scope = {
    namespace,
    labelSelector: options.selector,
    fieldSelector: name === undefined ? options.fieldSelector : `metadata.name=${name}`,
  };
  let resourceVersion: string | undefined;
  if (name === undefined) {
    const { items, metadata } = await client.list(scope, { signal });
    resourceVersion = metadata?.resourceVersion;
    const asRows = !['json', 'yaml'].includes(options.output ?? '');
    if (options.watch && !asRows) items.forEach((item) => out(printer.one(item)));
    else if (items.length > 0 || !asRows) out(printer.many(items));
    else err(nothingFound(request));
  } else {
    const object = await client.get({ namespace, name }, { signal });
    resourceVersion = object.metadata?.resourceVersion;
    out(printer.one(object));
  }
  if (!options.watch) return;
  const onBreak = ({ message }: Error) => err(`Warning: ${message}. Trying again.`);
  for await (const { object } of watchChanges(client, { ...scope, resourceVersion }, { signal, onBreak }))
    out(printer.one(object));
}

const nothingFound = ({ kind, namespace }: Request): string =>
  namespace === undefined ? `No ${kind.plural} found.` : `No ${kind.plural} found in namespace ${namespace}.`;
