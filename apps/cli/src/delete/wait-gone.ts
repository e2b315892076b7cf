import { type ApiObject, isCode, isNotFound } from '@own-kube/api';
import type { KindClient } from '@own-kube/client';
import { watchChanges } from '../watch-changes';

/** Resolves when an object is gone, also when another of the same name has come since. */
export async function waitGone(
  client: KindClient<ApiObject>,
  { metadata }: ApiObject,
  { signal, onBreak }: { signal: AbortSignal; onBreak: (error: Error) => void },
): Promise<void> {
  const { namespace, name, uid } = metadata ?? {};
  let current: ApiObject;
  try {
    current = await client.get({ namespace, name }, { signal });
  } catch (error) {
    if (isNotFound(error)) return;
    throw error;
  }
  if (current.metadata?.uid !== uid) return;
  const scope = {
    namespace,
    fieldSelector: `metadata.name=${name}`,
    resourceVersion: current.metadata?.resourceVersion,
  };
  for await (const { type, object } of watchChanges(client, scope, { signal, onBreak }))
    if (type === 'DELETED' || object.metadata?.uid !== uid) return;
  signal.throwIfAborted();
}

/** Whether an error says that waiting was broken off. */
export const isBrokenOff = (error: unknown, signal: AbortSignal): boolean =>
  signal.aborted && (error === signal.reason || isCode(error, 'Cancelled'));
