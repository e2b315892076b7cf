import { dirname, resolve } from 'node:path';
import { type ApiClient, createApiClient } from '@own-kube/client';
import type { Context } from './context';
import { findKubeconfig } from './kubeconfig/find-kubeconfig';
import { parseKubeconfig, type Source } from './kubeconfig/parse-kubeconfig';
import { readNamedFile } from './read-file';

/** The flags that say which cluster and which namespace. */
export interface ClusterOptions {
  readonly kubeconfig?: string;
  readonly namespace?: string;
}

/** A cluster to talk to. */
export interface Cluster {
  readonly api: ApiClient;
  /** -n, else the context's, else "default". */
  readonly namespace: string;
}

/** Opens the cluster that the flags and the kubeconfig say, for as long as `use` takes. */
export async function withCluster<T>(
  { kubeconfig, namespace }: ClusterOptions,
  context: Context,
  use: (cluster: Cluster) => Promise<T>,
): Promise<T> {
  const path = findKubeconfig(kubeconfig, context);
  const access = parseKubeconfig((await readNamedFile(path, 'the kubeconfig')).toString(), path);
  const read = async (source: Source, what: string): Promise<Buffer> =>
    'data' in source ? source.data : readNamedFile(resolve(dirname(path), source.file), what);
  const [ca, cert, key] = await Promise.all([
    read(access.ca, "the cluster's CA certificate"),
    read(access.cert, 'your certificate'),
    read(access.key, 'your private key'),
  ]);
  const api = createApiClient({
    address: access.address,
    tls: { ca, cert, key },
    onWarning: (text) => context.err(`Warning: ${text}`),
  });
  try {
    return await use({ api, namespace: namespace ?? access.namespace });
  } finally {
    api.close();
  }
}
