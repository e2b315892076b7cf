import { messageFields } from './generated/schema';

/** How the lists of a message are merged: "merge key / keys for apply", "values", or nothing where it is one value. */
const listsOf = (message: string): Record<string, string> =>
  Object.fromEntries(
    messageFields[`ownkube.${message}`]!.filter(({ repeated }) => repeated).map((field) => [
      field.name,
      field.mergeItems
        ? 'values'
        : [field.mergeKey, field.atomic ? 'one value' : field.listKeys?.join(',')]
            .filter(Boolean)
            .join(' / '),
    ]),
  );

// As upstream's patchMergeKey, listType and listMapKey say.
test.each<[string, Record<string, string>]>([
  [
    'core.v1.PodSpec',
    {
      volumes: 'name',
      containers: 'name',
      initContainers: 'name',
      imagePullSecrets: 'name',
      hostAliases: 'ip',
      schedulingGates: 'name',
      topologySpreadConstraints: 'topologyKey / topologyKey,whenUnsatisfiable',
      tolerations: '',
      readinessGates: '',
    },
  ],
  [
    'core.v1.Container',
    {
      ports: 'containerPort / containerPort,protocol=TCP',
      env: 'name',
      volumeMounts: 'mountPath',
      envFrom: '',
      command: '',
      args: '',
    },
  ],
  [
    'core.v1.PodStatus',
    { conditions: 'type', podIPs: 'ip', hostIPs: 'ip / one value', containerStatuses: '' },
  ],
  ['core.v1.ServiceSpec', { ports: 'port / port,protocol=TCP', externalIPs: '', clusterIPs: '' }],
  ['core.v1.ServiceAccount', { secrets: 'name', imagePullSecrets: '' }],
  ['core.v1.NodeSpec', { taints: '', podCIDRs: 'values' }],
  ['core.v1.NodeStatus', { conditions: 'type', addresses: 'type', images: '' }],
  ['meta.v1.ObjectMeta', { ownerReferences: 'uid', finalizers: 'values', managedFields: '' }],
  ['discovery.v1.Endpoint', { addresses: 'values' }],
  ['discovery.v1.EndpointSlice', { endpoints: '', ports: '' }],
  ['apps.v1.DeploymentStatus', { conditions: 'type' }],
  ['networking.v1.NetworkPolicySpec', { ingress: '', egress: '', policyTypes: '' }],
  ['rbac.v1.ClusterRole', { rules: '' }],
])("the lists of %s are merged as upstream's", (message, expected) => {
  expect(listsOf(message)).toMatchObject(expected);
});

test.each([
  ['core.v1.PodSpec', 'nodeSelector'],
  ['core.v1.ServiceSpec', 'selector'],
  ['apps.v1.DeploymentSpec', 'selector'],
  ['core.v1.EnvVarSource', 'secretKeyRef'],
  ['rbac.v1.RoleBinding', 'roleRef'],
])('apply takes %s.%s as one value', (message, name) => {
  const field = messageFields[`ownkube.${message}`]!.find((candidate) => candidate.name === name);
  expect(field?.atomic).toBe(true);
});
