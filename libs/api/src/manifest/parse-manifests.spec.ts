import { kindNames } from '../find-kind';
import { formatYaml } from './format-manifests';
import { encodeManifest } from './manifest';
import { parseManifests } from './parse-manifests';

const parse = (text: string) =>
  parseManifests(text, 'a.yaml').map(({ kind, object, at }) => [kind.kind, object.metadata?.name, at]);

const messageOf = (text: string): string => {
  try {
    parseManifests(text, 'a.yaml');
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('expected an error');
};

describe('parseManifests', () => {
  test('reads several documents and says where each begins', () => {
    const text = `# two objects
apiVersion: v1
kind: Namespace
metadata: { name: a }
---
# nothing in this one
---

kind: Pod
apiVersion: v1
metadata:
  name: b
`;
    expect(parse(text)).toEqual([
      ['Namespace', 'a', 'a.yaml:2'],
      ['Pod', 'b', 'a.yaml:9'],
    ]);
  });

  test('reads JSON and lists', () => {
    expect(parse('{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}}')).toEqual([
      ['Pod', 'a', 'a.yaml:1'],
    ]);
    const list = `
kind: List
apiVersion: v1
items:
- {apiVersion: v1, kind: Pod, metadata: {name: a}}
- {apiVersion: v1, kind: Node, metadata: {name: b}}`;
    expect(parse(list).map(([kind, name]) => [kind, name])).toEqual([
      ['Pod', 'a'],
      ['Node', 'b'],
    ]);
  });

  test.each(['', '# nothing\n', '---\n---\n'])('finds nothing in %j', (text) => {
    expect(parse(text)).toEqual([]);
  });

  test("means by YAML what Kubernetes' reader means", () => {
    const [manifest] = parseManifests(
      `
apiVersion: v1
kind: Pod
metadata:
  name: a
  annotations: { time: 2026-01-01, colon: 10:20, y: "n", 1: "one" }
spec:
  hostNetwork: yes
  containers: &all
  - name: a
  initContainers: *all
  volumes:
  - name: s
    secret: { secretName: s, defaultMode: 0644 }
`,
      'a.yaml',
    );
    const json = encodeManifest(manifest!.kind, manifest!.object);
    expect(json).toMatchObject({
      metadata: { annotations: { time: '2026-01-01', colon: '10:20', y: 'n', 1: 'one' } },
      spec: {
        hostNetwork: true,
        initContainers: [{ name: 'a' }],
        volumes: [{ secret: { defaultMode: 420 } }],
      },
    });
  });

  test('a syntax error names file, line and column', () => {
    expect(messageOf('apiVersion: v1\nkind: Pod\n  metadata: {\n')).toMatch(/^a\.yaml:\d:\d+: \S/);
    expect(messageOf('kind: Pod\nkind: Pod\n')).toBe('a.yaml:2:1: Map keys must be unique');
  });

  test('every wrong document is named', () => {
    const text = `
apiVersion: v1
kind: Pod
metadata: { nam: a }
---
apiVersion: v1
kind: Widget
---
apiVersion: v1
kind: Pod
`;
    expect(messageOf(text).split('\n')).toEqual([
      'a.yaml:2: Pod is invalid: metadata.nam: unknown field; did you mean "name"?',
      `a.yaml:6: Unknown kind "Widget"; known kinds are ${kindNames()}.`,
    ]);
  });

  test('aliases that grow without bound are refused', () => {
    const levels = Array.from({ length: 12 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(9)}]`);
    expect(messageOf(`a0: &a0 [x]\n${levels.join('\n')}`)).toMatch(/^a\.yaml:1: the YAML cannot be read/);
  });

  test('formatYaml writes what parseManifests reads as the same', () => {
    const value = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'a',
        annotations: { a: 'yes', b: '0644', c: '10:20', d: 'null', e: '2026-01-01', f: 'a\nb' },
      },
    };
    const [manifest] = parseManifests(formatYaml([value]), 'x');
    expect(encodeManifest(manifest!.kind, manifest!.object)).toEqual(value);
    expect(formatYaml([{ a: 1 }, { a: 2 }])).toBe('a: 1\n---\na: 2\n');
  });
});
