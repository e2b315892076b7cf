import { UsageError } from '../exit-codes';
import { findKubeconfig } from './find-kubeconfig';
import { parseKubeconfig } from './parse-kubeconfig';

describe('findKubeconfig', () => {
  const place = { env: {}, cwd: '/work/repo/apps', home: '/home/me' };
  const among = (paths: string[]) => (path: string) => paths.includes(path);

  test.each([
    ['the flag', 'here/config', { OWN_KUBE_CONFIG: '/other' }, '/work/repo/apps/here/config'],
    ['the variable', undefined, { OWN_KUBE_CONFIG: '/other' }, '/other'],
    ['the nearest above', undefined, { OWN_KUBE_CONFIG: '' }, '/work/repo/.own-kube/config'],
  ])('%s', (_name, flag, env, path) => {
    const exists = among(['/work/repo/.own-kube/config', '/home/me/.own-kube/config']);
    expect(findKubeconfig(flag, { ...place, env }, exists)).toBe(path);
  });

  test('the one in the home directory', () => {
    expect(findKubeconfig(undefined, place, among(['/home/me/.own-kube/config']))).toBe(
      '/home/me/.own-kube/config',
    );
  });

  test('says where it looked', () => {
    expect(() => findKubeconfig(undefined, place, () => false)).toThrow(
      /No cluster is known: .*\/work\/repo\/apps.*\/home\/me.*npm start/,
    );
  });
});

describe('parseKubeconfig', () => {
  const config = `
apiVersion: v1
kind: Config
current-context: b
preferences: {}
clusters:
- name: one
  cluster: { server: 'https://127.0.0.1:6443', certificate-authority: ca.crt }
users:
- name: me
  user: { client-certificate-data: Q0VSVA==, client-key: keys/me.key }
contexts:
- name: a
  context: { cluster: nowhere, user: me }
- name: b
  context: { cluster: one, user: me, namespace: team }
- name: c
  context: { cluster: one, user: nobody }
`;

  test('reads the current context', () => {
    expect(parseKubeconfig(config, 'x')).toEqual({
      address: '127.0.0.1:6443',
      namespace: 'team',
      ca: { file: 'ca.crt' },
      cert: { data: Buffer.from('CERT') },
      key: { file: 'keys/me.key' },
    });
  });

  test.each([
    ['127.0.0.1:6443', '127.0.0.1:6443'],
    ['https://[::1]:6443/', '[::1]:6443'],
    ['api.example.com:443', 'api.example.com:443'],
  ])('the server %s', (server, address) => {
    expect(parseKubeconfig(config.replace('https://127.0.0.1:6443', server), 'x').address).toBe(address);
  });

  test.each([
    ['not YAML', 'a: [', /^\/x\/config:\d+:\d+: /],
    ['empty', '', '/x/config: there is no current-context.'],
    ['a text', 'hello', '/x/config: there is no current-context.'],
    [
      'an unknown context',
      config.replace('current-context: b', 'current-context: z'),
      'there is no context "z"',
    ],
    [
      'an unknown cluster',
      config.replace('current-context: b', 'current-context: a'),
      'there is no cluster "nowhere"',
    ],
    [
      'an unknown user',
      config.replace('current-context: b', 'current-context: c'),
      'there is no user "nobody"',
    ],
    [
      'no CA',
      config.replace('certificate-authority', 'x'),
      'there is no certificate-authority and no certif',
    ],
    ['no port', config.replace(':6443', ''), 'server must be host:port'],
    ['plain HTTP', config.replace('https', 'http'), 'server must be host:port'],
  ])('%s', (_name, text, message) => {
    expect(() => parseKubeconfig(text, '/x/config')).toThrow(message);
  });

  test('what is missing is an error of usage', () => {
    expect(() => parseKubeconfig('{}', 'x')).toThrow(UsageError);
  });
});
