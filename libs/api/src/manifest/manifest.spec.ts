import { kindNames } from '../find-kind';
import { ApiError } from '../errors';
import type { Pod } from '../generated/index.ownkube.core.v1';
import { podKind } from '../kinds';
import { decodeManifest, encodeManifest } from './manifest';

const manifest = (spec: Record<string, unknown>, metadata: Record<string, unknown> = { name: 'web' }) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata,
  spec,
});

function errorOf(run: () => unknown): ApiError {
  try {
    run();
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  throw new Error('expected an ApiError');
}

describe('decodeManifest', () => {
  test('reads a pod, and encodeManifest writes it in canonical form', () => {
    const { kind, object } = decodeManifest(
      manifest({
        containers: [
          {
            name: 'web',
            image: 'nginx',
            env: [{ name: 'A', value: '1' }],
            resources: { limits: { memory: '1024Mi' }, requests: { cpu: 0.5 } },
            readinessProbe: { httpGet: { path: '/', port: 'http' }, periodSeconds: 5 },
            livenessProbe: { tcpSocket: { port: 80 } },
          },
        ],
        volumes: [{ name: 'tmp', emptyDir: {} }],
        hostname: null,
        hostNetwork: false,
      }),
    );
    expect(kind).toBe(podKind);
    const { spec } = object as Pod;
    expect(spec?.volumes[0]?.volumeSource?.emptyDir).toBeDefined();
    expect(spec?.containers[0]?.readinessProbe?.handler?.httpGet?.port).toMatchObject({
      type: 1,
      strVal: 'http',
    });
    expect(encodeManifest(kind, object)).toEqual(
      manifest({
        containers: [
          {
            name: 'web',
            image: 'nginx',
            env: [{ name: 'A', value: '1' }],
            resources: { limits: { memory: '1Gi' }, requests: { cpu: '500m' } },
            readinessProbe: { httpGet: { path: '/', port: 'http' }, periodSeconds: 5 },
            livenessProbe: { tcpSocket: { port: 80 } },
          },
        ],
        volumes: [{ name: 'tmp', emptyDir: {} }],
        hostNetwork: false,
      }),
    );
  });

  test('names everything that is wrong at once, each with its path', () => {
    const { code, violations, message } = errorOf(() =>
      decodeManifest(
        manifest(
          {
            containers: [
              {
                name: 'web',
                imag: 'nginx',
                ports: [{ containerPort: '80' }, 7],
                env: [{ name: 'PORT', value: 80 }],
                resources: { limits: { memory: '64MB' } },
              },
            ],
            restartPolcy: 'Never',
            hostNetwork: 'yes',
            frobnicate: 1,
            volumes: [{ name: 'a', emptydir: {} }],
          },
          { name: 'web', labels: 'a=b', creationTimestamp: 'yesterday' },
        ),
      ),
    );
    expect(code).toBe('Invalid');
    expect(violations.map(({ field, description }) => `${field}: ${description}`)).toEqual([
      'metadata.labels: must be an object of names and values, got "a=b"',
      'metadata.creationTimestamp: must be a time, as "2026-01-02T03:04:05Z", got "yesterday"',
      'spec.containers[0].imag: unknown field; did you mean "image"?',
      'spec.containers[0].ports[0].containerPort: must be an integer from -2147483648 to 2147483647, got "80"',
      'spec.containers[0].ports[1]: must be an object, got 7',
      'spec.containers[0].env[0].value: must be a string, got 80 (write it in quotes: "80")',
      'spec.containers[0].resources.limits[memory]: must be a quantity, as 2, "100m", "1.5" or "64Mi", got "64MB"',
      'spec.restartPolcy: unknown field; did you mean "restartPolicy"?',
      'spec.hostNetwork: must be true or false, got "yes"',
      'spec.frobnicate: unknown field',
      'spec.volumes[0].emptydir: unknown field; did you mean "emptyDir"?',
    ]);
    expect(message).toMatch(/^Pod "web" is invalid: metadata\.labels: must be/);
  });

  test.each([
    ['no object', 'abc', 'A manifest must be an object with apiVersion, kind and metadata, got "abc".'],
    ['no kind', {}, `The manifest has no kind; known kinds are ${kindNames()}.`],
    [
      'a kind that is not known',
      { kind: 'Podd' },
      `Unknown kind "Podd"; did you mean "Pod"?; known kinds are ${kindNames()}.`,
    ],
    ['a kind of another form', { kind: 7 }, `Unknown kind 7; known kinds are ${kindNames()}.`],
    [
      'a plural',
      { kind: 'pods' },
      `Unknown kind "pods"; did you mean "Pod"?; known kinds are ${kindNames()}.`,
    ],
    [
      'another version',
      { kind: 'Pod', apiVersion: 'apps/v1' },
      'Pod is invalid: apiVersion: must be "v1" for a Pod, got "apps/v1"',
    ],
    [
      'no version',
      { kind: 'Pod', metadata: { name: 'a' } },
      'Pod "a" is invalid: apiVersion: must be "v1" for a Pod, got nothing',
    ],
  ])('%s', (_name, value, message) => {
    expect(errorOf(() => decodeManifest(value)).message).toBe(message);
  });

  test('hostile names of fields and keys', () => {
    const hostile = JSON.parse(
      '{"apiVersion":"v1","kind":"Pod","__proto__":{"a":1},"metadata":{"labels":{"__proto__":"x","constructor":"y"}}}',
    ) as unknown;
    expect(errorOf(() => decodeManifest(hostile)).violations.map(({ field }) => field)).toEqual([
      '__proto__',
      'metadata.labels[__proto__]',
    ]);
    const { object } = decodeManifest(
      JSON.parse('{"apiVersion":"v1","kind":"Pod","metadata":{"labels":{"constructor":"y"}}}'),
    );
    expect(object.metadata?.labels).toEqual({ constructor: 'y' });
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });

  test('times, counters and field sets in their JSON forms', () => {
    const metadata = {
      name: 'a',
      generation: 12345678901,
      creationTimestamp: '2026-01-02T03:04:05Z',
      managedFields: [{ manager: 'okube', fieldsV1: { 'f:spec': {} } }],
    };
    const { kind, object } = decodeManifest({ apiVersion: 'v1', kind: 'Namespace', metadata });
    expect(object.metadata?.creationTimestamp).toEqual({ seconds: 1767323045, nanos: 0 });
    expect(encodeManifest(kind, object)['metadata']).toEqual(metadata);
  });
});
