/** What Kubernetes fills in where a pod leaves something open. */
import type {
  Container,
  ContainerPort,
  HTTPGetAction,
  LifecycleHandler,
  Pod,
  PodSpec,
  Probe,
  Volume,
} from '@own-kube/api';
import { defaultVolume } from './volume-defaults';

/** The pod with everything filled in. Applying it twice changes nothing. */
export const withPodDefaults = (pod: Pod): Pod => ({ ...pod, spec: pod.spec && podSpecDefaults(pod.spec) });

/** The same for a pod's spec, also for one that stands in a template. */
export const podSpecDefaults = (spec: PodSpec): PodSpec => ({
  ...spec,
  restartPolicy: spec.restartPolicy || 'Always',
  terminationGracePeriodSeconds: spec.terminationGracePeriodSeconds ?? 30,
  dnsPolicy: spec.dnsPolicy || 'ClusterFirst',
  schedulerName: spec.schedulerName || 'default-scheduler',
  // The older name of the same; who sets one has set both.
  serviceAccountName: spec.serviceAccountName || spec.serviceAccount,
  serviceAccount: spec.serviceAccountName || spec.serviceAccount,
  enableServiceLinks: spec.enableServiceLinks ?? true,
  containers: spec.containers.map((container) => containerDefaults(container, spec)),
  initContainers: spec.initContainers.map((container) => containerDefaults(container, spec)),
  volumes: spec.volumes.map((volume): Volume => defaultVolume(volume)),
});

const containerDefaults = (container: Container, spec: PodSpec): Container => ({
  ...container,
  imagePullPolicy: container.imagePullPolicy || pullPolicy(container.image),
  terminationMessagePath: container.terminationMessagePath || '/dev/termination-log',
  terminationMessagePolicy: container.terminationMessagePolicy || 'File',
  ports: container.ports.map((port) => portDefaults(port, spec)),
  env: container.env.map((variable) => {
    const fieldRef = variable.valueFrom?.fieldRef;
    if (!fieldRef) return variable;
    const filled = { ...fieldRef, apiVersion: fieldRef.apiVersion || 'v1' };
    return { ...variable, valueFrom: { ...variable.valueFrom, fieldRef: filled } };
  }),
  // A limit without a request is also the request.
  resources: container.resources && {
    ...container.resources,
    requests: { ...container.resources.limits, ...container.resources.requests },
  },
  lifecycle: container.lifecycle && {
    postStart: container.lifecycle.postStart && handlerDefaults(container.lifecycle.postStart),
    preStop: container.lifecycle.preStop && handlerDefaults(container.lifecycle.preStop),
  },
  livenessProbe: container.livenessProbe && probeDefaults(container.livenessProbe),
  readinessProbe: container.readinessProbe && probeDefaults(container.readinessProbe),
  startupProbe: container.startupProbe && probeDefaults(container.startupProbe),
});

/** An image that may change under its name is pulled each time. */
export function pullPolicy(image = ''): string {
  if (image.includes('@')) return 'IfNotPresent';
  const tag = /:([^/:]+)$/.exec(image)?.[1];
  return tag === undefined || tag === 'latest' ? 'Always' : 'IfNotPresent';
}

const portDefaults = (port: ContainerPort, { hostNetwork }: PodSpec): ContainerPort => ({
  ...port,
  protocol: port.protocol || 'TCP',
  hostPort: port.hostPort || (hostNetwork ? port.containerPort : port.hostPort),
});

const httpGetDefaults = (httpGet: HTTPGetAction): HTTPGetAction => ({
  ...httpGet,
  path: httpGet.path || '/',
  scheme: httpGet.scheme || 'HTTP',
});

const handlerDefaults = (handler: LifecycleHandler): LifecycleHandler => ({
  ...handler,
  httpGet: handler.httpGet && httpGetDefaults(handler.httpGet),
});

const probeDefaults = (probe: Probe): Probe => {
  const httpGet = probe.handler?.httpGet;
  const grpc = probe.handler?.grpc;
  return {
    ...probe,
    timeoutSeconds: probe.timeoutSeconds || 1,
    periodSeconds: probe.periodSeconds || 10,
    successThreshold: probe.successThreshold || 1,
    failureThreshold: probe.failureThreshold || 3,
    handler: probe.handler && {
      ...probe.handler,
      httpGet: httpGet && httpGetDefaults(httpGet),
      grpc: grpc && { ...grpc, service: grpc.service ?? '' },
    },
  };
};
