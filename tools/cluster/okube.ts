/** okube, run on this machine for a cluster of it. */
import { join } from 'node:path';
import { okubeBundle } from '../images/ensure-okube.ts';
import { inRoot } from '../kit/paths.ts';
import { run, tryRun, type RunOptions, type RunResult } from '../kit/run.ts';
import type { Cluster } from './cluster.ts';

interface Condition {
  readonly type?: string;
  readonly status?: string;
}

/** What we read of a Node. */
export interface NodeJson {
  readonly metadata: { readonly name: string };
  readonly spec?: { readonly podCIDR?: string };
  readonly status?: { readonly conditions?: readonly Condition[] };
}

/** What we read of a Pod. */
export interface PodJson {
  readonly metadata: { readonly name: string; readonly uid: string };
  readonly spec: { readonly nodeName?: string };
  readonly status?: {
    readonly phase?: string;
    readonly podIP?: string;
    readonly conditions?: readonly Condition[];
  };
}

const argv = (args: readonly string[]): string[] => [process.execPath, okubeBundle, ...args];
const env = (cluster: Cluster): Record<string, string> => ({
  OWN_KUBE_CONFIG: join(cluster.dir, 'config'),
  NODE_COMPILE_CACHE: inRoot('dist/.compile-cache'),
});

/** Runs okube and resolves with what it said, whatever its exit code is. */
export const tryOkube = (
  cluster: Cluster,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> => tryRun(argv(args), { ...options, env: { ...env(cluster), ...options.env } });

/** Runs okube; rejects with what it said unless it ends with 0. */
export const okube = (cluster: Cluster, args: readonly string[], options: RunOptions = {}): Promise<string> =>
  run(argv(args), { ...options, env: { ...env(cluster), ...options.env } });

/** The objects that `okube get` lists. */
export async function getItems<T>(cluster: Cluster, ...args: string[]): Promise<T[]> {
  const list = JSON.parse(await okube(cluster, ['get', ...args, '--output', 'json'])) as { items?: T[] };
  return list.items ?? [];
}

/** True when the condition Ready of an object is True. */
export const isReady = (object: { status?: { conditions?: readonly Condition[] } }): boolean =>
  object.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
