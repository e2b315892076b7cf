import type { Violation } from '../../errors';
import type { Container, PodSpec } from '../../generated/index.ownkube.core.v1';
import { checkOneOf, checkUnique, required } from '../rules';
import { checkEnvFrom, checkEnvSources } from './env';
import { checkRelativePath } from './paths';
import { checkLifecycle, checkProbe } from './probes';
import { checkSecurityContext } from './security';

/** What is wrong with a container where it is rarer, or depends on the rest of the pod. */
export const checkContainerRules = (container: Container, field: string, spec: PodSpec): Violation[] => [
  ...checkHostPorts(container, field, spec),
  ...checkEnvSources(container.env, `${field}.env`),
  ...checkEnvFrom(container.envFrom, `${field}.envFrom`),
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
  ...checkSecurityContext(container.securityContext, `${field}.securityContext`),
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

function checkMounts({ volumeMounts }: Container, field: string, { volumes }: PodSpec): Violation[] {
  const known = new Set(volumes.map(({ name }) => name));
  return [
    ...volumeMounts.flatMap(({ name, mountPath, subPath }, index) => {
      const at = `${field}.volumeMounts[${index}]`;
      return [
        ...(!name
          ? [required(`${at}.name`)]
          : known.has(name)
            ? []
            : [{ field: `${at}.name`, description: `"${name}" is none of the pod's volumes` }]),
        ...(mountPath ? [] : [required(`${at}.mountPath`)]),
        ...(subPath ? checkRelativePath(subPath, `${at}.subPath`) : []),
      ];
    }),
    ...checkUnique(volumeMounts, ({ mountPath }) => mountPath, {
      field: `${field}.volumeMounts`,
      key: 'mountPath',
    }),
  ];
}
