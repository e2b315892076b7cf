import { parseYaml } from '@own-kube/api';
import { UsageError } from '../exit-codes';

/** Bytes that stand in the kubeconfig, or the file that they are in. */
export type Source = { readonly data: Buffer } | { readonly file: string };

/** What a kubeconfig's current context says. */
export interface ClusterAccess {
  /** "host:port" */
  readonly address: string;
  readonly namespace: string;
  readonly ca: Source;
  readonly cert: Source;
  readonly key: Source;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads a kubeconfig, as kubectl has it: clusters, users, contexts. Users are known by their certificates alone.
 * @throws UsageError that names the file and what is missing in it.
 */
export function parseKubeconfig(text: string, path: string): ClusterAccess {
  const fail = (problem: string): never => {
    throw new UsageError(`${path}: ${problem}.`);
  };
  const config = fieldsOf(parseYaml(text, path)[0]?.value());
  const contextName = textOf(config['current-context']) ?? fail('there is no current-context');
  const context = entry(config, 'context', contextName) ?? fail(`there is no context "${contextName}"`);
  const named = (kind: 'cluster' | 'user'): Fields => {
    const name = textOf(context[kind]) ?? fail(`context "${contextName}" names no ${kind}`);
    return entry(config, kind, name) ?? fail(`there is no ${kind} "${name}"`);
  };
  const [cluster, user] = [named('cluster'), named('user')];
  const source = (fields: Fields, key: string): Source => {
    const data = textOf(fields[`${key}-data`]);
    if (data !== undefined) return { data: Buffer.from(data, 'base64') };
    return { file: textOf(fields[key]) ?? fail(`there is no ${key} and no ${key}-data`) };
  };
  return {
    address:
      addressOf(textOf(cluster['server']) ?? fail('the cluster has no server')) ??
      fail('server must be host:port'),
    namespace: textOf(context['namespace']) ?? 'default',
    ca: source(cluster, 'certificate-authority'),
    cert: source(user, 'client-certificate'),
    key: source(user, 'client-key'),
  };
}

/** "https://host:port/" and "host:port" -> "host:port". */
function addressOf(server: string): string | undefined {
  return /^(?:https:\/\/)?((?:\[[^\]]+\]|[^:/\s]+):\d+)\/?$/.exec(server)?.[1];
}

/** The entry of a list like `clusters: [{name, cluster: {...}}]`. */
function entry(config: Fields, kind: string, name: string): Fields | undefined {
  const list: unknown = config[`${kind}s`];
  const found = Array.isArray(list) ? list.map(fieldsOf).find((item) => item['name'] === name) : undefined;
  return found && fieldsOf(found[kind]);
}

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
