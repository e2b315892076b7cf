import type { PkiIdentity } from '@own-kube/rpc/pki';
import { formatYaml } from '@own-kube/api';

/** What a cluster needs certificates for. */
export interface CertsOptions {
  readonly dir: string;
  /** host:port of the api-server, as administrators reach it. */
  readonly server: string;
  readonly apiServerIp?: readonly string[];
  readonly node: readonly string[];
}

/** The files of the administrator, in <dir>/admin. */
export const adminFiles = ['ca.crt', 'admin.crt', 'admin.key', 'config'] as const;

const isIp = (host: string): boolean => /^[\d.]+$/.test(host) || host.includes(':');
const unique = (values: readonly string[]): string[] => [...new Set(values)];

/** Who is who in a cluster, by the folder that the files go to. */
export function planIdentities({
  server,
  apiServerIp = [],
  node,
}: CertsOptions): Record<string, PkiIdentity> {
  const host = server.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
  const local = { dnsNames: ['localhost'], ips: ['127.0.0.1'] };
  return {
    etcd: {
      user: 'etcd',
      server: true,
      client: false,
      dnsNames: ['etcd', ...local.dnsNames],
      ips: local.ips,
    },
    // etcd lets in only who is certified for this name.
    'api-server': {
      user: 'system:kube-apiserver',
      server: true,
      client: true,
      dnsNames: unique(['api-server', ...local.dnsNames, ...(isIp(host) ? [] : [host])]),
      ips: unique([...local.ips, ...(isIp(host) ? [host] : []), ...apiServerIp]),
    },
    scheduler: { user: 'system:kube-scheduler' },
    ...Object.fromEntries(
      node.map((name): [string, PkiIdentity] => [
        name,
        { user: `system:node:${name}`, groups: ['system:nodes'] },
      ]),
    ),
    admin: { user: 'admin', groups: ['system:masters'], fileName: 'admin' },
  };
}

/** The administrator's kubeconfig. Its files are beside it. */
export const formatKubeconfig = (server: string): string =>
  formatYaml([
    {
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'own-kube',
      clusters: [{ name: 'own-kube', cluster: { server, 'certificate-authority': 'ca.crt' } }],
      users: [{ name: 'admin', user: { 'client-certificate': 'admin.crt', 'client-key': 'admin.key' } }],
      contexts: [{ name: 'own-kube', context: { cluster: 'own-kube', user: 'admin' } }],
    },
  ]);
