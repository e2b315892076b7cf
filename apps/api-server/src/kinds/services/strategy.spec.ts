import { type DeepPartial, Service, type ServiceSpec } from '@own-kube/api';
import { made, updated, wrongFields, wrongUpdates } from '../testing';
import { serviceStrategy } from './strategy';

const web = { ports: [{ port: 80 }] };
const make = (spec: DeepPartial<ServiceSpec>) => made(serviceStrategy, { spec });
/** As it is stored: with its address and node port. */
const stored = (spec: DeepPartial<ServiceSpec>) => make({ clusterIP: '10.96.0.9', ...spec });
const change = (service: Service, spec: DeepPartial<ServiceSpec>) =>
  Service.fromPartial({ ...service, spec: { ...service.spec, ...spec } });

test('what is left open is filled in', () => {
  expect(make(web).spec).toMatchObject({
    type: 'ClusterIP',
    sessionAffinity: 'None',
    internalTrafficPolicy: 'Cluster',
    externalTrafficPolicy: undefined,
    ipFamilies: ['IPv4'],
    ipFamilyPolicy: 'SingleStack',
    ports: [{ port: 80, protocol: 'TCP', targetPort: { type: 0, intVal: 80 } }],
  });
  expect(make({ ...web, type: 'LoadBalancer' }).spec).toMatchObject({
    externalTrafficPolicy: 'Cluster',
    allocateLoadBalancerNodePorts: true,
  });
  expect(make({ ...web, sessionAffinity: 'ClientIP' }).spec?.sessionAffinityConfig?.clientIP).toEqual({
    timeoutSeconds: 10_800,
  });
  expect(make({ type: 'ExternalName', externalName: 'example.com' }).spec).toMatchObject({
    ipFamilies: [],
    internalTrafficPolicy: undefined,
  });
});

test.each<[string, DeepPartial<ServiceSpec>, string[]]>([
  ['an unknown type', { ...web, type: 'Cluster' }, ['spec.type']],
  ['no port', {}, ['spec.ports']],
  [
    'ports without names, numbers and order',
    {
      ports: [
        { port: 0 },
        { name: 'a', port: 1, protocol: 'SCTP' },
        { name: 'a', port: 2, targetPort: { type: 1, strVal: 'a_b' } },
      ],
    },
    [
      'spec.ports[0].name',
      'spec.ports[0].port',
      'spec.ports[1].protocol',
      'spec.ports[2].name',
      'spec.ports[2].targetPort',
    ],
  ],
  [
    'a port twice',
    {
      type: 'NodePort',
      ports: [
        { name: 'a', port: 1, nodePort: 30000 },
        { name: 'b', port: 1, nodePort: 30000 },
      ],
    },
    ['spec.ports[1].nodePort', 'spec.ports[1].port'],
  ],
  ['a node port of a ClusterIP', { ports: [{ port: 80, nodePort: 30000 }] }, ['spec.ports[0].nodePort']],
  ['an address that is none', { ...web, clusterIP: 'auto' }, ['spec.clusterIP']],
  ['a headless NodePort', { ...web, type: 'NodePort', clusterIP: 'None' }, ['spec.clusterIP']],
  [
    'two addresses',
    { ...web, clusterIP: '10.96.0.1', clusterIPs: ['10.96.0.1', '10.96.0.2'] },
    ['spec.clusterIPs'],
  ],
  ['a family that we have not', { ...web, ipFamilies: ['IPv6'] }, ['spec.ipFamilies[0]']],
  [
    'an affinity for too long',
    { ...web, sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 86_401 } } },
    ['spec.sessionAffinityConfig.clientIP.timeoutSeconds'],
  ],
  [
    'a policy for what comes from nowhere',
    { ...web, externalTrafficPolicy: 'Local' },
    ['spec.externalTrafficPolicy'],
  ],
  ['an unknown policy', { ...web, internalTrafficPolicy: 'Near' }, ['spec.internalTrafficPolicy']],
  [
    'a health port without Local',
    { ...web, type: 'LoadBalancer', healthCheckNodePort: 30000 },
    ['spec.healthCheckNodePort'],
  ],
  ['a name of nothing', { type: 'ExternalName' }, ['spec.externalName']],
  [
    'a name with an address',
    { type: 'ExternalName', externalName: 'a.example.', clusterIP: '10.96.0.1' },
    ['spec.clusterIP'],
  ],
  [
    'outside addresses that are none',
    { ...web, externalIPs: ['127.0.0.1', 'x'] },
    ['spec.externalIPs[0]', 'spec.externalIPs[1]'],
  ],
])('%s is refused', (_name, spec, fields) => {
  expect(wrongFields(serviceStrategy, { spec })).toEqual(fields);
});

test('names are parts of DNS names', () => {
  expect(wrongFields(serviceStrategy, { metadata: { name: '1a' }, spec: web })).toEqual(['metadata.name']);
});

test('a headless Service needs no ports, and claims no address', () => {
  const service = make({ clusterIP: 'None' });
  expect([serviceStrategy.claims(service), serviceStrategy.openClaims(service)]).toEqual([[], []]);
});

describe('an update', () => {
  test('keeps what it leaves open', () => {
    const service = stored({ type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }] });
    const sent = Service.fromPartial({
      metadata: service.metadata,
      spec: { ...web, type: 'NodePort' },
    });
    expect(updated(serviceStrategy, sent, service)).toEqual(service);
  });

  test('may not change the address', () => {
    const service = stored(web);
    expect(
      wrongUpdates(
        serviceStrategy,
        change(service, { clusterIP: '10.96.0.8', clusterIPs: ['10.96.0.8'] }),
        service,
      ),
    ).toEqual(['spec.clusterIP']);
  });

  test('to another type gives up what that has not', () => {
    const service = stored({ type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }] });
    const inside = updated(serviceStrategy, change(service, { type: 'ClusterIP' }), service);
    expect(inside.spec).toMatchObject({ clusterIP: '10.96.0.9', externalTrafficPolicy: undefined });
    expect(serviceStrategy.claims(inside)).toEqual([
      { what: 'clusterips', value: '10.96.0.9', field: 'spec.clusterIP' },
    ]);
    expect(inside.metadata?.generation).toBe(2);
    const name = updated(
      serviceStrategy,
      change(service, { type: 'ExternalName', externalName: 'a.b' }),
      service,
    );
    expect(serviceStrategy.claims(name)).toEqual([]);
  });

  test('to a type with more asks for it', () => {
    const service = stored(web);
    const opened = updated(serviceStrategy, change(service, { type: 'NodePort' }), service);
    expect(serviceStrategy.openClaims(opened).map(({ field }) => field)).toEqual(['spec.ports[0].nodePort']);
  });
});
