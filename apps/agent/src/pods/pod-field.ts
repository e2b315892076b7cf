import type { Pod } from '@own-kube/api';

/** What a pod knows of itself only when it runs. */
export interface PodAddresses {
  readonly podIP: string;
  readonly hostIP: string;
}

/** A field of the pod that a variable may refer to, as "metadata.labels['app']"; undefined: there is no such field. */
export function podField(pod: Pod, path: string, { podIP, hostIP }: PodAddresses): string | undefined {
  const [, map, key] = /^metadata\.(labels|annotations)\['([^']+)'\]$/.exec(path) ?? [];
  if (map && key) return pod.metadata?.[map as 'labels' | 'annotations'][key] ?? '';
  const fields: Record<string, string> = {
    'metadata.name': pod.metadata?.name ?? '',
    'metadata.namespace': pod.metadata?.namespace ?? '',
    'metadata.uid': pod.metadata?.uid ?? '',
    'spec.nodeName': pod.spec?.nodeName ?? '',
    'spec.serviceAccountName': pod.spec?.serviceAccountName ?? '',
    'status.hostIP': hostIP,
    'status.hostIPs': hostIP,
    'status.podIP': podIP,
    'status.podIPs': podIP,
  };
  return fields[path];
}
