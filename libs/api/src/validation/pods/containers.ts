import type { Violation } from '../../errors';
import { fieldPath } from '../../field-path';
import type {
  Container,
  ContainerPort,
  PodSpec,
  ResourceRequirements,
} from '../../generated/index.ownkube.core.v1';
import { compareQuantity, parseQuantity } from '../../quantity';
import { checkContainerRules } from './container-rules';
import { checkDns1123Label, checkPortName } from '../names';
import { checkOneOf, checkUnique, required } from '../rules';

/** What is wrong with the containers of a pod. */
export const checkContainers = (
  containers: readonly Container[],
  field: string,
  spec: PodSpec,
): Violation[] => [
  ...containers.flatMap((container, index) => {
    const at = fieldPath.item(field, index);
    return [...checkContainer(container, at), ...checkContainerRules(container, at, spec)];
  }),
  ...checkUnique(containers, ({ name }) => name, { field, key: 'name' }),
];

function checkContainer(container: Container, field: string): Violation[] {
  const { name, image, imagePullPolicy, ports, env, resources } = container;
  return [
    ...(name ? checkDns1123Label(name, `${field}.name`) : [required(`${field}.name`)]),
    ...checkImage(image, `${field}.image`),
    ...checkOneOf(imagePullPolicy, ['Always', 'IfNotPresent', 'Never'], `${field}.imagePullPolicy`),
    ...ports.flatMap((port, index) => checkPort(port, fieldPath.item(`${field}.ports`, index))),
    ...checkUnique(ports, (port) => port.name, { field: `${field}.ports`, key: 'name' }),
    ...env.flatMap((variable, index) =>
      checkVariable(variable.name, `${fieldPath.item(`${field}.env`, index)}.name`),
    ),
    ...(resources ? checkResources(resources, `${field}.resources`) : []),
  ];
}

function checkImage(image: string | undefined, field: string): Violation[] {
  if (!image) return [required(field)];
  return /^\S+$/.test(image) ? [] : [{ field, description: `"${image}" must not have spaces` }];
}

function checkPort({ name, containerPort, hostPort, protocol }: ContainerPort, field: string): Violation[] {
  const checkNumber = (port: number | undefined, at: string): Violation[] =>
    port !== undefined && port >= 1 && port <= 65535
      ? []
      : [{ field: at, description: 'must be from 1 to 65535' }];
  return [
    ...(name ? checkPortName(name, `${field}.name`) : []),
    ...checkNumber(containerPort, `${field}.containerPort`),
    ...(hostPort === undefined || hostPort === 0 ? [] : checkNumber(hostPort, `${field}.hostPort`)),
    ...checkOneOf(protocol, ['TCP', 'UDP', 'SCTP'], `${field}.protocol`),
  ];
}

function checkVariable(name: string | undefined, field: string): Violation[] {
  if (!name) return [required(field)];
  // Printable ASCII, and no "=", which ends the name in the environment.
  return /^[ -<>-~]+$/.test(name)
    ? []
    : [{ field, description: `"${name}" must consist of printable ASCII characters other than "="` }];
}

function checkResources({ limits, requests }: ResourceRequirements, field: string): Violation[] {
  const checkAmounts = (amounts: ResourceRequirements['limits'], at: string): Violation[] =>
    Object.entries(amounts).flatMap(([resource, { string = '' }]) => {
      const amount = parseQuantity(string);
      const path = fieldPath.key(at, resource);
      if (!amount)
        return [{ field: path, description: `"${string}" must be a quantity, as "100m" or "64Mi"` }];
      return amount.nanos < 0n ? [{ field: path, description: `"${string}" must not be negative` }] : [];
    });
  const tooMuch = Object.keys(requests).filter(
    (resource) => limits[resource] && compareQuantity(requests[resource], limits[resource]) > 0,
  );
  return [
    ...checkAmounts(limits, `${field}.limits`),
    ...checkAmounts(requests, `${field}.requests`),
    ...tooMuch.map((resource) => ({
      field: fieldPath.key(`${field}.requests`, resource),
      description: `must be no more than the limit, ${limits[resource]?.string}`,
    })),
  ];
}
