/** The rules of our own table, as one text for one transaction. Other tables are never touched. */

/** What the rules depend on. */
export interface RulesetSettings {
  /** The range of this node's pods. */
  readonly podCidr: string;
  readonly clusterCidr: string;
}

/** Our table. Nobody else writes in it. */
export const tableName = 'own_kube';

interface BaseChain {
  readonly name: string;
  readonly type: string;
  readonly hook: string;
  readonly priority: string;
  readonly rules: (settings: RulesetSettings) => readonly string[];
}

const baseChains: readonly BaseChain[] = [
  {
    // A packet of a pod that leaves the cluster gets the node's address: the world does not know the way to a pod.
    // Inside the cluster it keeps its own, by which policies and logs know the pod.
    name: 'postrouting',
    type: 'nat',
    hook: 'postrouting',
    priority: 'srcnat',
    rules: ({ podCidr, clusterCidr }) => [
      `ip saddr ${podCidr} ip daddr != ${clusterCidr} ip daddr != 224.0.0.0/4 masquerade fully-random`,
    ],
  },
  {
    // Path MTU discovery depends on ICMP that many networks drop: TCP is told the size that fits from the start.
    name: 'forward',
    type: 'filter',
    hook: 'forward',
    priority: 'mangle',
    rules: () => ['tcp flags syn tcp option maxseg size set rt mtu'],
  },
];

/** The transaction that makes our base chains what they should be, whatever they were. */
export function buildRuleset(settings: RulesetSettings): string {
  const lines = baseChains.flatMap(({ name, type, hook, priority, rules }) => [
    `add chain ip ${tableName} ${name} { type ${type} hook ${hook} priority ${priority}; policy accept; }`,
    `flush chain ip ${tableName} ${name}`,
    ...rules(settings).map((rule) => `add rule ip ${tableName} ${name} ${rule}`),
  ]);
  return [`add table ip ${tableName}`, ...lines].map((line) => `${line}\n`).join('');
}
