import type { Violation } from '../../errors';
import type {
  HTTPGetAction,
  Lifecycle,
  LifecycleHandler,
  Probe,
  ProbeHandler,
} from '../../generated/index.ownkube.core.v1';
import type { IntOrString } from '../../generated/index.ownkube.meta.v1';
import { checkPortName } from '../names';
import { checkOneOf, required } from '../rules';

/** What is wrong with a probe; liveness and startup probes succeed at the first success. */
export function checkProbe(probe: Probe | undefined, field: string, once: boolean): Violation[] {
  if (!probe) return [];
  const { initialDelaySeconds, timeoutSeconds, periodSeconds, successThreshold, failureThreshold } = probe;
  const numbers = { initialDelaySeconds, timeoutSeconds, periodSeconds, successThreshold, failureThreshold };
  return [
    ...Object.entries(numbers).flatMap(([name, value]) =>
      (value ?? 0) < 0 ? [{ field: `${field}.${name}`, description: 'must not be negative' }] : [],
    ),
    ...(once && (successThreshold ?? 1) > 1
      ? [{ field: `${field}.successThreshold`, description: 'must be 1' }]
      : []),
    ...(probe.terminationGracePeriodSeconds !== undefined && probe.terminationGracePeriodSeconds < 1
      ? [{ field: `${field}.terminationGracePeriodSeconds`, description: 'must be at least 1' }]
      : []),
    ...checkHandler(probe.handler ?? {}, field),
  ];
}

/** What is wrong with what is done after a container's start and before its end. */
export const checkLifecycle = (lifecycle: Lifecycle | undefined, field: string): Violation[] =>
  (['postStart', 'preStop'] as const).flatMap((moment) => {
    const handler = lifecycle?.[moment];
    return handler ? checkHandler(handler, `${field}.${moment}`) : [];
  });

function checkHandler(handler: ProbeHandler & LifecycleHandler, field: string): Violation[] {
  const set = Object.values(handler).filter((way) => way !== undefined);
  if (set.length !== 1) return [{ field, description: 'must say exactly one way to do it, as httpGet' }];
  const { exec, httpGet, tcpSocket, grpc, sleep } = handler;
  return [
    ...(exec && exec.command.length === 0 ? [required(`${field}.exec.command`)] : []),
    ...(httpGet ? checkHttpGet(httpGet, `${field}.httpGet`) : []),
    ...(tcpSocket ? checkPort(tcpSocket.port, `${field}.tcpSocket.port`) : []),
    ...(grpc ? checkNumber(grpc.port, `${field}.grpc.port`) : []),
    ...(sleep && (sleep.seconds ?? 0) < 0
      ? [{ field: `${field}.sleep.seconds`, description: 'must not be negative' }]
      : []),
  ];
}

const checkHttpGet = ({ port, scheme, httpHeaders }: HTTPGetAction, field: string): Violation[] => [
  ...checkPort(port, `${field}.port`),
  ...checkOneOf(scheme, ['HTTP', 'HTTPS'], `${field}.scheme`),
  ...httpHeaders.flatMap(({ name = '' }, index) =>
    /^[-A-Za-z0-9!#$%&'*+.^_`|~]+$/.test(name)
      ? []
      : [{ field: `${field}.httpHeaders[${index}].name`, description: `"${name}" must be a header's name` }],
  ),
];

/** A number or the name of one of the container's ports. */
function checkPort(port: IntOrString | undefined, field: string): Violation[] {
  if (!port) return [required(field)];
  return port.type === 1 ? checkPortName(port.strVal ?? '', field) : checkNumber(port.intVal, field);
}

const checkNumber = (port: number | undefined, field: string): Violation[] =>
  port !== undefined && port >= 1 && port <= 65535 ? [] : [{ field, description: 'must be from 1 to 65535' }];
