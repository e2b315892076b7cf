import { parseKubeconfig } from '../kubeconfig/parse-kubeconfig';
import { formatKubeconfig, planIdentities } from './plan-certs';

test('each part of the cluster is certified as who it is', () => {
  const identities = planIdentities({
    dir: '/pki',
    server: 'kube.example.com:6443',
    apiServerIp: ['172.18.0.3'],
    node: ['node-1', 'node-2'],
  });
  expect(identities).toEqual({
    etcd: {
      user: 'etcd',
      server: true,
      client: false,
      dnsNames: ['etcd', 'localhost'],
      ips: ['127.0.0.1'],
    },
    'api-server': {
      user: 'system:kube-apiserver',
      server: true,
      client: true,
      dnsNames: ['api-server', 'localhost', 'kube.example.com'],
      ips: ['127.0.0.1', '172.18.0.3'],
    },
    scheduler: { user: 'system:kube-scheduler' },
    'node-1': { user: 'system:node:node-1', groups: ['system:nodes'] },
    'node-2': { user: 'system:node:node-2', groups: ['system:nodes'] },
    admin: { user: 'admin', groups: ['system:masters'], fileName: 'admin' },
  });
});

test('an address that is named twice is certified once', () => {
  const { 'api-server': server } = planIdentities({
    dir: '/pki',
    server: '[::1]:6443',
    node: [],
    apiServerIp: ['::1'],
  });
  expect(server?.ips).toEqual(['127.0.0.1', '::1']);
});

test('the kubeconfig is one that okube reads', () => {
  expect(parseKubeconfig(formatKubeconfig('127.0.0.1:6443'), 'config')).toEqual({
    address: '127.0.0.1:6443',
    namespace: 'default',
    ca: { file: 'ca.crt' },
    cert: { file: 'admin.crt' },
    key: { file: 'admin.key' },
  });
});
