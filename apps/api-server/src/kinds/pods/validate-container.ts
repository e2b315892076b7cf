import {
  checkOneOf,
  checkUnique,
  type Container,
  type PodSpec,
  required,
  type Violation,
} from '@own-kube/api';
import { checkLifecycle, checkProbe } from './validate-probes';

/** What is wrong with a container, beyond what libs/api finds. */
export const checkContainer = (container: Container, field: string, spec: PodSpec): Violation[] => [
  ...checkHostPorts(container, field, spec),
  ...checkEnv(container, field),
  ...checkMounts(container, field, spec),
  ...(['livenessProbe', 'readinessProbe', 'startupProbe'] as const).flatMap((name) =>
    checkProbe(container[name], `${field}.${name}`, name !== 'readinessProbe'),
  ),
  ...checkLifecycle(container.lifecycle, `${field}.lifecycle`),
  ...checkOneOf(
    container.terminationMessagePolicy,
    ['File', 'FallbackToLogsOnError'],
    `${field}.terminationMessagePolicy`,
  ),
];

const checkHostPorts = ({ ports }: Container, field: string, { hostNetwork }: PodSpec): Violation[] =>
  ports.flatMap(({ hostPort, containerPort }, index) =>
    hostNetwork && hostPort && hostPort !== containerPort
      ? [
          {
            field: `${field}.ports[${index}].containerPort`,
            description: `must be the hostPort, ${hostPort}, when hostNetwork is set`,
          },
        ]
      : [],
  );

const checkEnv = ({ env }: Container, field: string): Violation[] =>
  env.flatMap(({ value, valueFrom }, index) => {
    const at = `${field}.env[${index}].valueFrom`;
    if (!valueFrom) return [];
    const sources = Object.values(valueFrom).filter((source) => source !== undefined);
    if (value) return [{ field: at, description: 'must not be set together with value' }];
    if (sources.length !== 1) return [{ field: at, description: 'must have exactly one source' }];
    return valueFrom.fieldRef && !valueFrom.fieldRef.fieldPath ? [required(`${at}.fieldRef.fieldPath`)] : [];
  });

function checkMounts({ volumeMounts }: Container, field: string, { volumes }: PodSpec): Violation[] {
  const known = new Set(volumes.map(({ name }) => name));
  return [
    ...volumeMounts.flatMap(({ name, mountPath }, index) => {
      const at = `${field}.volumeMounts[${index}]`;
      return [
        ...(!name
          ? [required(`${at}.name`)]
          : known.has(name)
            ? []
            : [{ field: `${at}.name`, description: `"${name}" is none of the pod's volumes` }]),
        ...(mountPath ? [] : [required(`${at}.mountPath`)]),
      ];
    }),
    ...checkUnique(volumeMounts, ({ mountPath }) => mountPath, {
      field: `${field}.volumeMounts`,
      key: 'mountPath',
    }),
  ];
}
