import { parseConfig } from './config';

const tls = ['--tls-ca=ca', '--tls-cert=cert', '--tls-key=key'];
const parse = (...argv: string[]) => parseConfig({ argv: [...tls, ...argv], env: {} });

test('several endpoints of etcd, by comma', () => {
  expect(parse('--etcd=http://a:2379, http://b:2379').etcd).toEqual({
    endpoints: ['http://a:2379', 'http://b:2379'],
    tls: undefined,
  });
});

test('TLS to etcd', () => {
  const files = ['--etcd-ca=a', '--etcd-cert=b', '--etcd-key=c'];
  expect(parse('--etcd=https://a:2379', ...files).etcd.tls).toEqual({
    tlsCa: 'a',
    tlsCert: 'b',
    tlsKey: 'c',
  });
});

test.each([
  [['--etcd=a:2379'], /--etcd .*must be endpoints as https:\/\/etcd:2379/],
  [['--etcd=https://a:2379'], /--etcd-ca, --etcd-cert and --etcd-key must be set/],
])('refuses %j', (argv, sentence) => {
  expect(() => parse(...argv)).toThrow(sentence);
});
