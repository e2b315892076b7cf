import type { DeepPartial, EndpointSlice, NetworkPolicySpec } from '@own-kube/api';
import { endpointSliceStrategy } from './endpointslices/strategy';
import { networkPolicyStrategy } from './networkpolicies/strategy';
import { made, updated, wrongFields, wrongUpdates } from './testing';

const slice: DeepPartial<EndpointSlice> = { addressType: 'IPv4', endpoints: [{ addresses: ['10.244.1.5'] }] };

describe('EndpointSlices', () => {
  test.each<[string, DeepPartial<EndpointSlice>, string[]]>([
    ['sound ones', { ports: [{ name: 'http', port: 80 }] }, []],
    ['no type', { addressType: '' }, ['addressType']],
    ['an unknown type', { addressType: 'IPX' }, ['addressType']],
    ['an address of another family', { endpoints: [{ addresses: ['::1'] }] }, ['endpoints[0].addresses[0]']],
    [
      'an address that nobody can reach',
      { endpoints: [{ addresses: ['127.0.0.1'] }] },
      ['endpoints[0].addresses[0]'],
    ],
    ['no address', { endpoints: [{}] }, ['endpoints[0].addresses']],
    [
      'too many',
      { endpoints: Array.from({ length: 1001 }, () => ({ addresses: ['10.0.0.1'] })) },
      ['endpoints'],
    ],
    [
      'ports of one name',
      {
        ports: [
          { name: 'a', port: 1 },
          { name: 'a', port: 0 },
        ],
      },
      ['ports[1].name', 'ports[1].port'],
    ],
    ['ports of no name', { ports: [{ port: 1 }, { port: 2 }] }, ['ports']],
  ])('%s', (_name, more, fields) => {
    expect(wrongFields(endpointSliceStrategy, { ...slice, ...more })).toEqual(fields);
  });

  test('keep their type, and count their changes', () => {
    const made1 = made(endpointSliceStrategy, { ...slice, ports: [{ port: 80 }] });
    expect(made1).toMatchObject({ metadata: { generation: 1 }, ports: [{ name: '', protocol: 'TCP' }] });
    expect(wrongUpdates(endpointSliceStrategy, { ...made1, addressType: 'FQDN' }, made1)).toContain(
      'addressType',
    );
    expect(updated(endpointSliceStrategy, { ...made1, endpoints: [] }, made1).metadata?.generation).toBe(2);
  });
});

describe('NetworkPolicies', () => {
  test('are about what comes in, and what goes out where they say so', () => {
    const of = (spec: DeepPartial<NetworkPolicySpec>) => made(networkPolicyStrategy, { spec }).spec;
    expect(of({})).toMatchObject({ policyTypes: ['Ingress'], podSelector: { matchLabels: {} } });
    expect(of({ egress: [{ ports: [{}] }] })).toMatchObject({
      policyTypes: ['Ingress', 'Egress'],
      egress: [{ ports: [{ protocol: 'TCP' }] }],
    });
    expect(of({ policyTypes: ['Egress'] })?.policyTypes).toEqual(['Egress']);
  });

  const port = { type: 0, intVal: 80 };
  const from = (peer: object) => ({ ingress: [{ from: [peer] }] });
  test.each<[string, DeepPartial<NetworkPolicySpec>, string[]]>([
    ['a type that is none', { policyTypes: ['Both'] }, ['spec.policyTypes[0]']],
    ['a type twice', { policyTypes: ['Egress', 'Egress'] }, ['spec.policyTypes']],
    [
      'a range backwards',
      { ingress: [{ ports: [{ port, endPort: 79 }] }] },
      ['spec.ingress[0].ports[0].endPort'],
    ],
    [
      'a range from a name',
      { egress: [{ ports: [{ port: { type: 1, strVal: 'http' }, endPort: 90 }] }] },
      ['spec.egress[0].ports[0].endPort'],
    ],
    ['a peer that is nobody', from({}), ['spec.ingress[0].from[0]']],
    [
      'a peer of two sorts',
      from({ podSelector: {}, ipBlock: { cidr: '10.0.0.0/8' } }),
      ['spec.ingress[0].from[0].ipBlock'],
    ],
    [
      'a block that is none',
      from({ ipBlock: { cidr: '10.0.0.0/33' } }),
      ['spec.ingress[0].from[0].ipBlock.cidr'],
    ],
    [
      'exceptions that are elsewhere, or all of it',
      from({
        ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16', '11.0.0.0/16', '10.0.0.0/8', 'x', '::/0'] },
      }),
      [1, 2, 3, 4].map((index) => `spec.ingress[0].from[0].ipBlock.except[${index}]`),
    ],
    [
      'a selector that is none',
      { podSelector: { matchLabels: { 'a b': '' } } },
      ['spec.podSelector.matchLabels[a b]'],
    ],
  ])('refused: %s', (_name, spec, fields) => {
    expect(wrongFields(networkPolicyStrategy, { spec })).toEqual(fields);
  });
});
