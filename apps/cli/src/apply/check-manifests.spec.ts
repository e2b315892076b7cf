import { parseManifests } from '@own-kube/api';
import { checkManifests } from './check-manifests';

const pod = (name: string, extra = ''): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}${extra} }\nspec: { containers: [{ name: web, image: x }] }\n`;

const check = (text: string, flag?: string) =>
  checkManifests(parseManifests(text, 'a.yaml'), { flag, usual: 'team' });

const problems = (text: string, flag?: string): string[] => {
  try {
    check(text, flag);
  } catch (error) {
    return (error as Error).message.split('\n');
  }
  return [];
};

test.each([
  ["the context's", undefined, '', 'team'],
  ["the manifest's", undefined, ', namespace: own', 'own'],
  ["the flag's", 'flag', '', 'flag'],
])('namespace: %s', (_name, flag, extra, namespace) => {
  expect(check(pod('a', extra), flag)[0]?.object.metadata?.namespace).toBe(namespace);
});

test('kinds without namespaces get none', () => {
  const [wanted] = check('apiVersion: v1\nkind: Namespace\nmetadata: { name: a }', 'flag');
  expect(wanted?.object.metadata?.namespace).toBeUndefined();
});

test('all that is wrong in all manifests is named', () => {
  const text = [
    pod('Bad_Name'),
    'apiVersion: v1\nkind: Pod\nmetadata: { name: b }\nspec: { containers: [{ name: web }] }\n',
    pod('c', ', namespace: own'),
    pod('d'),
    pod('d'),
    'apiVersion: v1\nkind: Pod\nmetadata: { generateName: e- }\nspec: { containers: [{ name: web, image: x }] }\n',
  ].join('---\n');
  expect(problems(text, 'flag')).toEqual([
    expect.stringMatching(
      /^a\.yaml:1: Pod "Bad_Name" is invalid: metadata\.name: "Bad_Name" must consist of/,
    ),
    'a.yaml:6: Pod "b" is invalid: spec.containers[0].image: is required',
    'a.yaml:11: Pod "c" is invalid: metadata.namespace: is "own", but --namespace is "flag"',
    'a.yaml:21: Pod "d" is invalid: metadata.name: pod/d is also at a.yaml:16',
    'a.yaml:26: Pod "" is invalid: metadata.generateName: cannot be applied: it would be new every time',
  ]);
});

test('one name in two namespaces is two objects', () => {
  expect(problems([pod('a', ', namespace: one'), pod('a', ', namespace: two')].join('---\n'))).toEqual([]);
});
