import { type ApiObject, type Kind, Namespace, namespaceKind, nodeKind, podKind } from '@own-kube/api';
import { aNode, aPod } from '@own-kube/testing';
import { createPrinter, type PrintOptions } from './printer';

const now = Date.UTC(2026, 0, 1);
const ago = (seconds: number) => ({ creationTimestamp: { seconds: now / 1000 - seconds } });

const print = (kind: Kind, objects: ApiObject[], options: Omit<PrintOptions, 'now'> = {}): string =>
  `\n${createPrinter(kind, { ...options, now: () => now }).many(objects)}`;

const web = aPod({
  name: 'web',
  nodeName: 'node-1',
  metadata: ago(75),
  status: {
    phase: 'Running',
    podIP: '10.244.1.7',
    containerStatuses: [{ ready: true, restartCount: 2, state: { running: {} } }],
  },
});
const pods = [web, aPod({ name: 'a-much-longer-name', namespace: 'other', phase: 'Pending' })];
const nodes = [
  aNode({
    name: 'node-1',
    podCIDR: '10.244.1.0/24',
    internalIP: '172.18.0.11',
    labels: { 'node-role.kubernetes.io/worker': '', 'node-role.kubernetes.io/edge': '' },
    metadata: ago(3600 * 24 * 9),
    status: {
      nodeInfo: {
        kubeletVersion: 'v0.1.0',
        osImage: 'Debian GNU/Linux 13',
        kernelVersion: '6.1.0',
        containerRuntimeVersion: 'docker://29.0.0',
      },
    },
  }),
  aNode({ name: 'node-2', ready: false, unschedulable: true, metadata: ago(5) }),
];

describe('tables', () => {
  test('pods', () => {
    expect(print(podKind, pods)).toBe(`
NAME                 READY   STATUS    RESTARTS   AGE
web                  1/1     Running   2          75s
a-much-longer-name   0/1     Pending   0          <unknown>
`);
  });

  test('pods of all namespaces, wide', () => {
    expect(print(podKind, pods, { allNamespaces: true, output: 'wide' })).toBe(`
NAMESPACE   NAME                 READY   STATUS    RESTARTS   AGE         IP           NODE
default     web                  1/1     Running   2          75s         10.244.1.7   node-1
other       a-much-longer-name   0/1     Pending   0          <unknown>   <none>       <none>
`);
  });

  test('nodes', () => {
    expect(print(nodeKind, nodes, { allNamespaces: true })).toBe(`
NAME     STATUS                        ROLES         AGE   VERSION
node-1   Ready                         edge,worker   9d    v0.1.0
node-2   NotReady,SchedulingDisabled   <none>        5s    <none>
`);
  });

  test('nodes, wide', () => {
    expect(print(nodeKind, nodes.slice(0, 1), { output: 'wide' })).toBe(`
NAME     STATUS   ROLES         AGE   VERSION   INTERNAL-IP   POD-CIDR        OS-IMAGE              KERNEL-VERSION   CONTAINER-RUNTIME
node-1   Ready    edge,worker   9d    v0.1.0    172.18.0.11   10.244.1.0/24   Debian GNU/Linux 13   6.1.0            docker://29.0.0
`);
  });

  test('namespaces, without head', () => {
    const namespace = Namespace.fromPartial({
      metadata: { name: 'default', ...ago(60) },
      status: { phase: 'Active' },
    });
    expect(print(namespaceKind, [namespace], { headers: false })).toBe('\ndefault   Active   60s\n');
  });

  test('a table that goes on has one head and keeps its widths', () => {
    const printer = createPrinter(podKind, { now: () => now });
    expect(printer.many(pods) + printer.one(web)).toMatch(
      /^NAME.*\nweb .*\na-much.*\nweb {18}1\/1 {5}Running {3}2 {10}75s\n$/,
    );
  });
});

describe('other forms', () => {
  test('names', () => {
    expect(print(podKind, pods, { output: 'name' })).toBe('\npod/web\npod/a-much-longer-name\n');
  });

  test('JSON: one object, or a List', () => {
    const printer = createPrinter(podKind, { output: 'json', now: () => now });
    expect(JSON.parse(printer.one(web))).toMatchObject({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web' },
    });
    expect(JSON.parse(printer.many(pods))).toMatchObject({
      kind: 'List',
      items: [{ kind: 'Pod' }, { kind: 'Pod' }],
    });
  });

  test('YAML', () => {
    const namespace = Namespace.fromPartial({ metadata: { name: 'a', ...ago(0) } });
    expect(createPrinter(namespaceKind, { output: 'yaml', now: () => now }).one(namespace)).toBe(
      'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a\n  creationTimestamp: "2026-01-01T00:00:00Z"\n',
    );
  });
});
