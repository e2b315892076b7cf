import type { Container, EnvVar, EnvVarSource, Pod } from '@own-kube/api';
import { expand } from './expand';
import { podField, type PodAddresses } from './pod-field';

/** The container cannot be made as its spec stands. The pod waits with CreateContainerConfigError. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * The variables of a container, by name, in order. A value may use those before it.
 * @throws ConfigError for a source that cannot be had.
 */
export function buildEnvironment(
  pod: Pod,
  container: Container,
  addresses: PodAddresses,
): Map<string, string> {
  const variables = new Map<string, string>();
  for (const variable of container.env) {
    const value = variable.valueFrom
      ? fromSource(pod, variable, variable.valueFrom, addresses)
      : expand(variable.value ?? '', variables);
    if (value !== undefined) variables.set(variable.name ?? '', value);
  }
  return variables;
}

function fromSource(
  pod: Pod,
  { name }: EnvVar,
  { fieldRef, configMapKeyRef, secretKeyRef, resourceFieldRef }: EnvVarSource,
  addresses: PodAddresses,
): string | undefined {
  if (fieldRef) {
    const value = podField(pod, fieldRef.fieldPath ?? '', addresses);
    if (value !== undefined) return value;
    throw new ConfigError(
      `env "${name}": valueFrom.fieldRef.fieldPath "${fieldRef.fieldPath}" is no field of a pod.`,
    );
  }
  if (configMapKeyRef?.optional || secretKeyRef?.optional) return undefined;
  const source = configMapKeyRef
    ? 'configMapKeyRef'
    : secretKeyRef
      ? 'secretKeyRef'
      : resourceFieldRef && 'resourceFieldRef';
  throw new ConfigError(
    `env "${name}": valueFrom.${source ?? ''} cannot be had on this node; give the value itself.`,
  );
}
