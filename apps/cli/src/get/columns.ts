/** What `get` shows of each kind: kubectl's columns, and the range of a node's pods. */
import { type ApiObject, fromTime, type Kind, type Namespace, type Node, type Pod } from '@own-kube/api';
import { formatAge } from './age';
import { summarisePod } from './pod-status';

/** A column: its head, and what stands in it. `now` in milliseconds. */
export interface Column {
  readonly head: string;
  readonly cell: (object: ApiObject, now: number) => string | undefined;
  /** Only with -o wide. */
  readonly wide?: boolean;
}

/** A column of one kind's objects. That it gets no others is up to who calls `columnsOf`. */
const column = <T extends ApiObject>(
  head: string,
  cell: (object: T, now: number) => string | undefined,
): Column => ({ head, cell: cell as Column['cell'] });

const wide = <T extends ApiObject>(head: string, cell: (object: T) => string | undefined): Column => ({
  ...column(head, cell),
  wide: true,
});

const name = column('NAME', ({ metadata }) => metadata?.name);
const age = column('AGE', ({ metadata }, now) => {
  const created = fromTime(metadata?.creationTimestamp);
  return created === undefined ? '<unknown>' : formatAge(now - created);
});

const podColumns = [
  name,
  column<Pod>('READY', (pod, now) => summarisePod(pod, now).ready),
  column<Pod>('STATUS', (pod, now) => summarisePod(pod, now).status),
  column<Pod>('RESTARTS', (pod, now) => summarisePod(pod, now).restarts),
  age,
  wide<Pod>('IP', ({ status }) => status?.podIP),
  wide<Pod>('NODE', ({ spec }) => spec?.nodeName),
];

const nodeColumns = [
  name,
  column<Node>('STATUS', nodeStatus),
  column<Node>('ROLES', nodeRoles),
  age,
  column<Node>('VERSION', ({ status }) => status?.nodeInfo?.kubeletVersion),
  wide<Node>(
    'INTERNAL-IP',
    ({ status }) => status?.addresses.find(({ type }) => type === 'InternalIP')?.address,
  ),
  wide<Node>('POD-CIDR', ({ spec }) => spec?.podCIDR),
  wide<Node>('OS-IMAGE', ({ status }) => status?.nodeInfo?.osImage),
  wide<Node>('KERNEL-VERSION', ({ status }) => status?.nodeInfo?.kernelVersion),
  wide<Node>('CONTAINER-RUNTIME', ({ status }) => status?.nodeInfo?.containerRuntimeVersion),
];

const namespaceColumns = [name, column<Namespace>('STATUS', ({ status }) => status?.phase), age];

/** The columns of a kind. */
export function columnsOf({ kind }: Kind): readonly Column[] {
  if (kind === 'Pod') return podColumns;
  if (kind === 'Node') return nodeColumns;
  if (kind === 'Namespace') return namespaceColumns;
  return [name, age];
}

/** The column that -A puts first. */
export const namespaceColumn = column('NAMESPACE', ({ metadata }) => metadata?.namespace);

function nodeStatus({ spec, status }: Node): string {
  const ready = status?.conditions.find(({ type }) => type === 'Ready');
  const words = [ready === undefined ? 'Unknown' : ready.status === 'True' ? 'Ready' : 'NotReady'];
  return (spec?.unschedulable ? [...words, 'SchedulingDisabled'] : words).join(',');
}

const rolePrefix = 'node-role.kubernetes.io/';

function nodeRoles({ metadata }: Node): string | undefined {
  const roles = Object.keys(metadata?.labels ?? {}).filter((label) => label.startsWith(rolePrefix));
  return (
    roles
      .map((label) => label.slice(rolePrefix.length))
      .sort()
      .join(',') || undefined
  );
}
