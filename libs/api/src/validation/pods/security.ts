import type { Violation } from '../../errors';
import type { PodSecurityContext, SecurityContext } from '../../generated/index.ownkube.core.v1';
import { checkOneOf } from '../rules';

const highestId = 2 ** 31 - 1;

/** What is wrong with the security settings of a container. */
export function checkSecurityContext(context: SecurityContext | undefined, field: string): Violation[] {
  if (!context) return [];
  const { runAsUser, runAsGroup, privileged, allowPrivilegeEscalation: escalation } = context;
  return [
    ...checkIds({ runAsUser, runAsGroup }, field),
    ...(privileged && escalation === false
      ? [
          {
            field: `${field}.allowPrivilegeEscalation`,
            description: 'must not be false when privileged is true',
          },
        ]
      : []),
  ];
}

/** What is wrong with the security settings of a pod. */
export function checkPodSecurityContext(context: PodSecurityContext | undefined, field: string): Violation[] {
  if (!context) return [];
  const { runAsUser, runAsGroup, fsGroup, fsGroupChangePolicy } = context;
  return [
    ...checkIds({ runAsUser, runAsGroup, fsGroup }, field),
    ...checkOneOf(fsGroupChangePolicy, ['OnRootMismatch', 'Always'], `${field}.fsGroupChangePolicy`),
  ];
}

const checkIds = (ids: Readonly<Record<string, number | undefined>>, field: string): Violation[] =>
  Object.entries(ids).flatMap(([name, id]) =>
    id === undefined || (id >= 0 && id <= highestId)
      ? []
      : [{ field: `${field}.${name}`, description: `must be from 0 to ${highestId}` }],
  );
