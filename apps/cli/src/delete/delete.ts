import { type ApiObject, isNotFound, type Kind } from '@own-kube/api';
import type { KindClient } from '@own-kube/client';
import { type Cluster, type ClusterOptions, withCluster } from '../connect';
import type { Context } from '../context';
import { TimedOut, UsageError } from '../exit-codes';
import { readManifests } from '../manifest-files';
import { parseObjectArgs } from '../object-args';
import { isBrokenOff, waitGone } from './wait-gone';

export interface DeleteOptions extends ClusterOptions {
  readonly filename?: readonly string[];
  readonly selector?: string;
  readonly all?: boolean;
  readonly gracePeriod?: number;
  readonly force?: boolean;
  readonly ignoreNotFound?: boolean;
  /** "true" or "false". */
  readonly wait?: string | boolean;
  readonly timeout?: number;
}

/** One object to delete. */
interface Target {
  readonly kind: Kind;
  readonly client: KindClient<ApiObject>;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
}

/** `okube delete`: asks for all deletions first, then waits for each. */
export async function remove(
  args: readonly string[],
  options: DeleteOptions,
  context: Context,
): Promise<void> {
  check(args, options);
  // What is wrong with the files comes up before the cluster is asked for anything.
  const manifests = options.filename ? await readManifests(options.filename, context) : [];
  await withCluster(options, context, async (cluster) => {
    const targetOf = (kind: Kind, name: string | undefined, namespace = cluster.namespace): Target => ({
      kind,
      client: cluster.api.of(kind),
      namespace: kind.namespaced ? namespace : undefined,
      name,
    });
    const targets = options.filename
      ? manifests.map(({ kind, object: { metadata } }) => targetOf(kind, metadata?.name, metadata?.namespace))
      : await targetsOf(args, options, { cluster, targetOf, signal: context.signal });
    if (targets.length === 0) context.err('Nothing to delete.');
    await deleteAll(targets, options, context);
  });
}

function check(args: readonly string[], options: DeleteOptions): void {
  const { filename, selector, all, gracePeriod, force, wait } = options;
  const { names } = args.length > 0 ? parseObjectArgs(args) : { names: [] };
  const ways = [filename, selector, all, names.length > 0 || undefined].filter((way) => way !== undefined);
  if (ways.length !== 1 || (args.length === 0) !== (filename !== undefined))
    throw new UsageError('Say what to delete: KIND NAME..., KIND -l SELECTOR, KIND --all, or -f FILE.');
  if (gracePeriod === 0 && !force) throw new UsageError('--grace-period=0 needs --force.');
  if (force && gracePeriod !== undefined && gracePeriod > 0)
    throw new UsageError('--force deletes at once: --grace-period can only be 0 with it.');
  if (!['true', 'false'].includes(String(wait ?? true)))
    throw new UsageError('--wait must be true or false.');
}

async function targetsOf(
  args: readonly string[],
  { selector }: DeleteOptions,
  {
    cluster,
    targetOf,
    signal,
  }: { cluster: Cluster; targetOf: (kind: Kind, name?: string) => Target; signal: AbortSignal },
): Promise<Target[]> {
  const { kind, names } = parseObjectArgs(args);
  if (names.length > 0) return names.map((name) => targetOf(kind, name));
  const namespace = kind.namespaced ? cluster.namespace : undefined;
  const { items } = await cluster.api.of(kind).list({ namespace, labelSelector: selector }, { signal });
  return items.map(({ metadata }) => targetOf(kind, metadata?.name));
}

async function deleteAll(
  targets: readonly Target[],
  options: DeleteOptions,
  context: Context,
): Promise<void> {
  const { force, gracePeriod, ignoreNotFound = false, timeout } = options;
  const gracePeriodSeconds = force ? 0 : gracePeriod;
  const deleted: [Target, ApiObject][] = [];
  const missing: Error[] = [];
  for (const target of targets) {
    const { client, namespace, name } = target;
    try {
      const request = { namespace, name, gracePeriodSeconds };
      deleted.push([target, await client.delete(request, { signal: context.signal })]);
    } catch (error) {
      if (!isNotFound(error)) throw error;
      missing.push(error);
    }
  }
  await waitForAll(deleted, { wait: String(options.wait ?? true) === 'true', timeout }, context);
  if (ignoreNotFound || !missing[0]) return;
  missing.slice(1).forEach((error) => context.err(`Error: ${error.message}`));
  throw missing[0];
}

async function waitForAll(
  deleted: readonly (readonly [Target, ApiObject])[],
  { wait, timeout }: { wait: boolean; timeout: number | undefined },
  { signal: interrupted, out, err }: Context,
): Promise<void> {
  const limit = timeout === undefined ? [] : [AbortSignal.timeout(timeout * 1000)];
  const signal = AbortSignal.any([interrupted, ...limit]);
  const onBreak = ({ message }: Error) => err(`Warning: ${message}. Trying again.`);
  await Promise.all(
    deleted.map(async ([{ kind, client, name }, object]) => {
      try {
        if (wait) await waitGone(client, object, { signal, onBreak });
      } catch (error) {
        if (!isBrokenOff(error, signal) || interrupted.aborted) throw error;
        throw new TimedOut(
          `${kind.singular} "${name}" is being deleted, but is not gone after ${timeout} s.`,
        );
      }
      out(`${kind.singular} "${name}" deleted\n`);
    }),
  );
}
