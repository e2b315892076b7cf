import type { Violation } from '../../errors';
import type { EnvFromSource, EnvVar, EnvVarSource } from '../../generated/index.ownkube.core.v1';
import { required } from '../rules';

/** What is wrong with where the variables of a container come from. */
export const checkEnvSources = (env: readonly EnvVar[], field: string): Violation[] =>
  env.flatMap(({ value, valueFrom }, index) => {
    const at = `${field}[${index}].valueFrom`;
    if (!valueFrom) return [];
    const sources = Object.values(valueFrom).filter((source) => source !== undefined);
    if (value) return [{ field: at, description: 'must not be set together with value' }];
    if (sources.length !== 1) return [{ field: at, description: 'must have exactly one source' }];
    return checkSource(valueFrom, at);
  });

const checkSource = (source: EnvVarSource, field: string): Violation[] => [
  ...(source.fieldRef && !source.fieldRef.fieldPath ? [required(`${field}.fieldRef.fieldPath`)] : []),
  ...(source.resourceFieldRef && !source.resourceFieldRef.resource
    ? [required(`${field}.resourceFieldRef.resource`)]
    : []),
  ...(['configMapKeyRef', 'secretKeyRef'] as const).flatMap((name) => {
    const ref = source[name];
    if (!ref) return [];
    return [
      ...(ref.localObjectReference?.name ? [] : [required(`${field}.${name}.name`)]),
      ...(ref.key ? [] : [required(`${field}.${name}.key`)]),
    ];
  }),
];

/** What is wrong with the ConfigMaps and Secrets whose every key becomes a variable. */
export const checkEnvFrom = (envFrom: readonly EnvFromSource[], field: string): Violation[] =>
  envFrom.flatMap(({ configMapRef, secretRef }, index) => {
    const at = `${field}[${index}]`;
    if ((configMapRef === undefined) === (secretRef === undefined))
      return [{ field: at, description: 'must have exactly one of configMapRef and secretRef' }];
    if (configMapRef)
      return configMapRef.localObjectReference?.name ? [] : [required(`${at}.configMapRef.name`)];
    return secretRef?.localObjectReference?.name ? [] : [required(`${at}.secretRef.name`)];
  });
