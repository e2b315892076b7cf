import { type DeepPartial, Service, type ServiceSpec } from '@own-kube/api';
import { aNode } from '@own-kube/testing';
import { nodeStrategy } from '../kinds/nodes/strategy';
import { serviceStrategy } from '../kinds/services/strategy';
import type { Guard } from '../registry/guard';
import { objectRef } from '../registry/object-ref';
import { Store } from '../registry/store';
import { createMemoryStorage } from '../storage/memory/memory-storage';
import { createClaimPicker } from './claim-picker';
import { type ClaimRange, pickFree } from './claim-range';
import { ipv4Path, ipv4Range } from './ipv4-range';
import { portRange } from './port-range';

const anyNamespace: Guard = { condition: { key: '/no-guard', revision: 0 }, refuse: () => anyNamespace };
const range = (made: ClaimRange | undefined): ClaimRange => {
  if (!made) throw new Error('no range');
  return made;
};

function setUp(serviceCidr = '10.96.0.0/16', random: (below: number) => number = () => 0) {
  const storage = createMemoryStorage();
  const ranges = {
    clusterips: range(ipv4Range(serviceCidr, 'service-cidr')),
    nodeports: range(portRange('30000-30003', 'node-port-range')),
  };
  const deps = {
    storage,
    claims: createClaimPicker({ storage, ranges, random }),
    cached: () => undefined,
    namespaceGuard: async () => anyNamespace,
    now: () => 0,
    newUid: () => 'u',
    newSuffix: () => 'xxxxx',
  };
  const services = new Store<Service>({ ...deps, strategy: serviceStrategy });
  const make = (name: string, spec: DeepPartial<ServiceSpec> = {}) =>
    services
      .create(Service.fromPartial({ metadata: { name }, spec: { ports: [{ port: 80 }], ...spec } }))
      .then(({ object }) => object);
  const remove = (name: string) =>
    services.delete(objectRef(serviceStrategy.kind, { name }), {}, () => undefined);
  return { storage, services, make, remove, nodes: new Store({ ...deps, strategy: nodeStrategy }) };
}

const ipOf = ({ spec }: Service) => spec?.clusterIP;
const portsOf = ({ spec }: Service) => spec?.ports.map(({ nodePort }) => nodePort);

describe('ranges', () => {
  test('of addresses leave out the first and the last', () => {
    const small = range(ipv4Range('10.96.0.0/29', 'service-cidr'));
    expect([small.size, small.at(0), small.at(5)]).toEqual([6, '10.96.0.1', '10.96.0.6']);
    expect(
      ['10.96.0.0', '10.96.0.1', '10.96.0.6', '10.96.0.7', 'x'].map((value) => small.has(value)),
    ).toEqual([...[false, true, true, false, false]]);
  });

  test.each(['10.96.0.1/16', '10.96.0.0', '10.96.0.0/31', '10.96.0/16', '256.0.0.0/8', 'x/16'])(
    '%s is none',
    (text) => {
      expect(ipv4Range(text, '')).toBeUndefined();
    },
  );

  test.each(['', '1', '2-1', '0-5', '1-65536', 'a-b'])('ports "%s" are none', (text) => {
    expect(portRange(text, '')).toBeUndefined();
  });

  test('a value is sought from the start on, and round the end', () => {
    const ports = range(portRange('1-3', ''));
    expect(pickFree(ports, 2, new Set(['3']))).toBe('1');
    expect(pickFree(ports, 1, new Set(['1', '2', '3']))).toBeUndefined();
  });

  test('networks are paths of their bits', () => {
    expect(ipv4Path('192.0.0.0/4')).toBe('1/1/0/0');
  });
});

describe('addresses of Services', () => {
  test('are picked, the next free where one is taken, and free again when the Service goes', async () => {
    const { make, remove } = setUp();
    expect([ipOf(await make('a')), ipOf(await make('b'))]).toEqual(['10.96.0.1', '10.96.0.2']);
    await remove('a');
    expect(ipOf(await make('c'))).toBe('10.96.0.1');
  });

  test('of many Services made at once all differ', async () => {
    const { make } = setUp();
    const services = await Promise.all(Array.from({ length: 20 }, (_, index) => make(`s${index}`)));
    expect(new Set(services.map(ipOf)).size).toBe(20);
  });

  test('that are named are honoured, or refused with a sentence', async () => {
    const { make } = setUp();
    expect(ipOf(await make('a', { clusterIP: '10.96.7.7' }))).toBe('10.96.7.7');
    await expect(make('b', { clusterIP: '10.96.7.7' })).rejects.toMatchObject({
      code: 'AlreadyExists',
      message: 'spec.clusterIP: 10.96.7.7 is taken by services default/a. Choose another.',
    });
    await expect(make('b', { clusterIP: '10.97.0.1' })).rejects.toMatchObject({
      code: 'Invalid',
      violations: [
        {
          field: 'spec.clusterIP',
          description: '"10.97.0.1" must be in the range of service-cidr 10.96.0.0/16',
        },
      ],
    });
  });

  test('may all be taken', async () => {
    const { make } = setUp('10.96.0.0/30');
    await Promise.all([make('a'), make('b')]);
    await expect(make('c')).rejects.toMatchObject({
      code: 'ResourceExhausted',
      message: expect.stringContaining('service-cidr 10.96.0.0/30'),
    });
  });

  test('are not picked for nothing in a dry run', async () => {
    const { services, make } = setUp();
    const dry = services.with({ manager: 'test', dryRun: true });
    const service = Service.fromPartial({ metadata: { name: 'a' }, spec: { ports: [{ port: 80 }] } });
    expect(ipOf((await dry.create(service)).object)).toBe('10.96.0.1');
    expect(ipOf(await make('b'))).toBe('10.96.0.1');
  });
});

describe('node ports', () => {
  test('are picked for each port, and given back with the type', async () => {
    const { make, services } = setUp();
    const two = [
      { name: 'a', port: 80 },
      { name: 'b', port: 81 },
    ];
    const first = await make('a', { type: 'NodePort', ports: two });
    expect(portsOf(first)).toEqual([30000, 30001]);
    const sent = Service.fromPartial({
      ...first,
      spec: { ...first.spec, type: 'ClusterIP' },
    });
    await services.update(sent, 'spec', () => undefined);
    expect(portsOf(await make('b', { type: 'NodePort' }))).toEqual([30000]);
  });

  test('of a Service that gets another type are picked then', async () => {
    const { make, services } = setUp();
    const first = await make('a');
    const sent = Service.fromPartial({
      ...first,
      spec: { ...first.spec, type: 'NodePort' },
    });
    const { object } = await services.update(sent, 'spec', () => undefined);
    expect([ipOf(object), portsOf(object)]).toEqual(['10.96.0.1', [30000]]);
  });

  test('that are named are left out when another is picked', async () => {
    const { make } = setUp();
    const ports = [
      { name: 'a', port: 80 },
      { name: 'b', port: 81, nodePort: 30000 },
    ];
    expect(portsOf(await make('a', { type: 'NodePort', ports }))).toEqual([30001, 30000]);
  });
});

test('ranges of nodes must not overlap, whatever their sizes', async () => {
  const { nodes } = setUp();
  const make = (name: string, podCIDR: string) => nodes.create(aNode({ name, podCIDR }));
  await make('a', '10.244.1.0/24');
  const taken = { code: 'AlreadyExists' };
  await expect(make('b', '10.244.1.0/24')).rejects.toMatchObject(taken);
  await expect(make('b', '10.244.1.128/25')).rejects.toMatchObject({
    ...taken,
    message: 'spec.podCIDR: 10.244.1.128/25 overlaps with what another has. Choose another.',
  });
  await expect(make('b', '10.244.0.0/16')).rejects.toMatchObject(taken);
  await make('b', '10.244.2.0/24');
  await nodes.delete(objectRef(nodeStrategy.kind, { name: 'a' }), {}, () => undefined);
  await make('c', '10.244.1.128/25');
});
