import { podKind } from '@own-kube/api';
import type { CachedObject } from '../../cache/cached-object';
import type { KindCache } from '../../cache/kind-cache';
import { scopePrefix } from '../../registry/keys';
import { podReferences, referenceTo } from './pod-references';

/** What the rules of nodes need to know of the pods that there are. */
export interface NodePods {
  /** Whether a pod in a namespace and on a node refers to an object by its kind and name. */
  refer(node: string, to: { kind: string; namespace: string; name: string }): boolean;
}

/** Looks among the cached pods. What a version of a pod refers to is found once. */
export function createNodePods(pods: Pick<KindCache, 'objects'>): NodePods {
  const known = new WeakMap<CachedObject, ReadonlySet<string>>();
  const referencesOf = (object: CachedObject): ReadonlySet<string> => {
    const before = known.get(object);
    if (before) return before;
    const found = podReferences(object.decode());
    known.set(object, found);
    return found;
  };
  return {
    refer: (node, { kind, namespace, name }) => {
      const reference = referenceTo(kind, name);
      for (const object of pods.objects.range(scopePrefix(podKind, namespace)))
        if (object.selectable.fields['spec.nodeName'] === node && referencesOf(object).has(reference))
          return true;
      return false;
    },
  };
}
