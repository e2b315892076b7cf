import { Namespace, Node, Pod } from '../generated/index.ownkube.core.v1';
import { type ApiObject, type Kind, namespaceKind, nodeKind, podKind } from '../kinds';
import { validateObject } from './validate-object';

const texts = (kind: Kind, object: ApiObject): string[] =>
  validateObject(kind, object).map(({ field, description }) => `${field}: ${description}`);

const aPod = (spec: Parameters<typeof Pod.fromPartial>[0]['spec'], name = 'web') =>
  Pod.fromPartial({ metadata: { name, namespace: 'default' }, spec });

const web = { name: 'web', image: 'nginx' };

describe('validateObject', () => {
  test('finds nothing wrong with objects that are well', () => {
    expect(
      texts(
        podKind,
        aPod({
          containers: [
            {
              ...web,
              ports: [{ name: 'http', containerPort: 80, protocol: 'TCP' }],
              env: [{ name: 'A' }],
              resources: { limits: { cpu: { string: '1' } }, requests: { cpu: { string: '500m' } } },
            },
          ],
          restartPolicy: 'Never',
          nodeName: 'node-1',
        }),
      ),
    ).toEqual([]);
    expect(
      texts(podKind, Pod.fromPartial({ metadata: { generateName: 'web-' }, spec: { containers: [web] } })),
    ).toEqual([]);
    expect(
      texts(nodeKind, Node.fromPartial({ metadata: { name: 'n' }, spec: { podCIDR: '10.244.1.0/24' } })),
    ).toEqual([]);
    expect(texts(namespaceKind, Namespace.fromPartial({ metadata: { name: 'a' } }))).toEqual([]);
  });

  test('names all that is wrong with a pod', () => {
    const pod = aPod(
      {
        containers: [
          { name: 'web' },
          { name: 'web', image: 'a b', imagePullPolicy: 'Sometimes' },
          {
            name: 'Web',
            image: 'x',
            ports: [{ containerPort: 0 }, { name: '80', containerPort: 65536, protocol: 'tcp' }],
            env: [{ name: 'A=B' }, {}],
            resources: {
              limits: { cpu: { string: '1' }, memory: { string: '-1' } },
              requests: { cpu: { string: '2' } },
            },
          },
        ],
        restartPolicy: 'always',
        terminationGracePeriodSeconds: -1,
      },
      'Web_1',
    );
    expect(texts(podKind, pod).map((text) => text.replace(/ must consist of .*/, ' ...'))).toEqual([
      'metadata.name: "Web_1" ...',
      'spec.containers[0].image: is required',
      'spec.containers[1].image: "a b" must not have spaces',
      'spec.containers[1].imagePullPolicy: must be Always, IfNotPresent or Never, got "Sometimes"',
      'spec.containers[2].name: "Web" ...',
      'spec.containers[2].ports[0].containerPort: must be from 1 to 65535',
      'spec.containers[2].ports[1].name: "80" must have at least one letter',
      'spec.containers[2].ports[1].containerPort: must be from 1 to 65535',
      'spec.containers[2].ports[1].protocol: must be TCP, UDP or SCTP, got "tcp"',
      'spec.containers[2].env[0].name: "A=B" ...',
      'spec.containers[2].env[1].name: is required',
      'spec.containers[2].resources.limits[memory]: "-1" must not be negative',
      'spec.containers[2].resources.requests[cpu]: must be no more than the limit, 1',
      'spec.containers[1].name: "web" is there twice',
      'spec.restartPolicy: must be Always, OnFailure or Never, got "always"',
      'spec.terminationGracePeriodSeconds: must not be negative',
    ]);
  });

  test.each([
    [
      'no metadata',
      podKind,
      Pod.fromPartial({ spec: { containers: [web] } }),
      'metadata: is required, with a name',
    ],
    [
      'no name',
      podKind,
      Pod.fromPartial({ metadata: {}, spec: { containers: [web] } }),
      'metadata.name: is required',
    ],
    ['no spec', podKind, Pod.fromPartial({ metadata: { name: 'a' } }), 'spec: is required'],
    ['no container', podKind, aPod({}), 'spec.containers: is required: at least one container'],
    [
      'a node in a namespace',
      nodeKind,
      Node.fromPartial({ metadata: { name: 'a', namespace: 'default' } }),
      'metadata.namespace: must not be set: a Node is in no namespace',
    ],
    [
      'a range with bits beyond its length',
      nodeKind,
      Node.fromPartial({ metadata: { name: 'a' }, spec: { podCIDR: '10.244.1.1/24' } }),
      'spec.podCIDR: "10.244.1.1/24" must be an IPv4 range, as "10.244.1.0/24"',
    ],
  ] as const)('%s', (_name, kind, object, text) => {
    expect(texts(kind, object)).toEqual([text]);
  });

  test('a namespace is named by a label', () => {
    const [text] = texts(namespaceKind, Namespace.fromPartial({ metadata: { name: 'a.b' } }));
    expect(text).toMatch(/^metadata\.name: "a\.b" must consist of/);
  });
});
