import { isDeepStrictEqual } from 'node:util';
import { type ApiObject, decodeManifest, encodeManifest, type Kind } from '@own-kube/api';
import { type Json, mergeApplied } from './merge-applied';

/** What is to be done for one manifest. */
export type ApplyPlan =
  | { readonly action: 'create'; readonly object: ApiObject }
  | { readonly action: 'update'; readonly object: ApiObject }
  | { readonly action: 'nothing' };

/** Where the manifest as it was applied is kept on the object; kubectl's name, so that both may take turns. */
export const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration';

/** What the cluster sets in an object's metadata; a manifest has no say in it. */
const serversMetadata = [
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'managedFields',
];

/** Decides what to do, from the manifest's object and the one that is there. */
export function planApply(kind: Kind, wanted: ApiObject, current: ApiObject | undefined): ApplyPlan {
  const manifest = ownPart(encodeManifest(kind, wanted));
  if (!current) return { action: 'create', object: toObject(withLastApplied(manifest, manifest)) };
  const live = encodeManifest(kind, current);
  const last = lastApplied(current);
  const merged = withLastApplied(mergeApplied(kind.message, { last, wanted: manifest, live }), manifest);
  if (isDeepStrictEqual(merged, live)) return { action: 'nothing' };
  return { action: 'update', object: toObject(merged) };
}

/** The paths of what a manifest says and only the cluster can say. */
export function serversFields(kind: Kind, wanted: ApiObject): string[] {
  const { status, metadata } = encodeManifest(kind, wanted) as { status?: unknown; metadata?: Json };
  const inMetadata = serversMetadata.filter((name) => metadata?.[name] !== undefined);
  return [...inMetadata.map((name) => `metadata.${name}`), ...(status === undefined ? [] : ['status'])];
}

/** A manifest without what only the cluster can say, and without what was applied before. */
function ownPart({ status: _status, metadata, ...rest }: Json): Json {
  const entries = Object.entries((metadata ?? {}) as Json).filter(
    ([name]) => !serversMetadata.includes(name),
  );
  const { annotations, ...own } = Object.fromEntries(entries);
  const kept = Object.entries((annotations ?? {}) as Json).filter(([name]) => name !== lastAppliedAnnotation);
  return {
    ...rest,
    metadata: { ...own, ...(kept.length > 0 ? { annotations: Object.fromEntries(kept) } : {}) },
  };
}

function withLastApplied(json: Json, manifest: Json): Json {
  const metadata = json['metadata'] as Json;
  const annotations = {
    ...(metadata['annotations'] as Json | undefined),
    [lastAppliedAnnotation]: JSON.stringify(manifest),
  };
  return { ...json, metadata: { ...metadata, annotations } };
}

/** What was applied before; undefined if nothing was, or if it cannot be read. */
function lastApplied({ metadata }: ApiObject): Json | undefined {
  try {
    return JSON.parse(metadata?.annotations[lastAppliedAnnotation] ?? '{}') as Json;
  } catch {
    return undefined;
  }
}

const toObject = (json: Json): ApiObject => decodeManifest(json).object;
