import { ApiError, type ApiObject, isCode, isNotFound, namespaceKind, objectName } from '@own-kube/api';
import type { ApiClient } from '@own-kube/client';
import { type ClusterOptions, withCluster } from '../connect';
import type { Context } from '../context';
import { readManifests } from '../manifest-files';
import { checkManifests, type Wanted } from './check-manifests';
import { planApply, serversFields } from './plan-apply';

export interface ApplyOptions extends ClusterOptions {
  readonly filename: readonly string[];
}

/** An object to be applied, and what is there of it. */
interface Compared extends Wanted {
  readonly current: ApiObject | undefined;
}

/** That many writers in a row must have been faster before we give up. */
const attempts = 10;

/** `okube apply`: everything is read, checked and compared before anything is written. */
export async function apply(options: ApplyOptions, context: Context): Promise<void> {
  const manifests = await readManifests(options.filename, context);
  await withCluster(options, context, async ({ api, namespace }) => {
    const wanted = checkManifests(manifests, { flag: options.namespace, usual: namespace });
    const current = await Promise.all(wanted.map((one) => read(api, one, context.signal)));
    const compared = wanted.map((one, index): Compared => ({ ...one, current: current[index] }));
    await checkNamespaces(compared, { api, signal: context.signal });
    for (const one of compared) {
      warn(one, context);
      const outcome = await applyOne(one, { api, signal: context.signal });
      context.out(`${objectName(one.kind, one.object.metadata?.name)} ${outcome}\n`);
    }
  });
}

interface Deps {
  readonly api: ApiClient;
  readonly signal: AbortSignal;
}

async function read(
  api: ApiClient,
  { kind, object }: Wanted,
  signal: AbortSignal,
): Promise<ApiObject | undefined> {
  const { name, namespace } = object.metadata ?? {};
  try {
    return await api.of(kind).get({ name, namespace }, { signal });
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** That the namespaces of new objects are there, or come with them. */
async function checkNamespaces(compared: readonly Compared[], { api, signal }: Deps): Promise<void> {
  const coming = compared
    .filter(({ kind }) => kind.kind === namespaceKind.kind)
    .map(({ object }) => object.metadata?.name);
  const needed = new Map(
    compared
      .filter(({ current, object }) => !current && object.metadata?.namespace)
      .map(({ object, at }) => [object.metadata?.namespace, at]),
  );
  for (const [name, at] of needed) {
    if (coming.includes(name)) continue;
    try {
      await api.namespaces.get({ name }, { signal });
    } catch (error) {
      if (!isNotFound(error)) throw error;
      throw new ApiError(
        'NotFound',
        `${at}: there is no namespace "${name}": create it first, or put it in the file.`,
      );
    }
  }
}

function warn({ kind, object, current, at }: Compared, { err }: Context): void {
  const fields = serversFields(kind, object);
  if (fields.length > 0)
    err(`Warning: ${at}: left out, because only the cluster sets it: ${fields.join(', ')}`);
  if (current?.metadata?.deletionTimestamp)
    err(`Warning: ${objectName(kind, object.metadata?.name)} is being deleted: what is applied goes with it`);
}

async function applyOne(one: Compared, deps: Deps): Promise<'created' | 'configured' | 'unchanged'> {
  const { kind, object: wanted } = one;
  const client = deps.api.of(kind);
  let { current } = one;
  for (let attempt = 1; ; attempt++) {
    const plan = planApply(kind, wanted, current);
    try {
      if (plan.action === 'nothing') return 'unchanged';
      if (plan.action === 'create') {
        await client.create(plan.object, { signal: deps.signal });
        return 'created';
      }
      await client.update(plan.object, { signal: deps.signal });
      return 'configured';
    } catch (error) {
      const beaten =
        plan.action === 'create' ? isCode(error, 'AlreadyExists') : isCode(error, 'Conflict', 'NotFound');
      if (!beaten || attempt === attempts) throw error;
      current = await read(deps.api, one, deps.signal);
    }
  }
}
