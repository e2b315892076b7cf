/** What identifies by a token, and what is kept from whoever reads etcd. */
import {
  type ApiError,
  Pod,
  PodsDefinition,
  RoleBinding,
  roleBindingKind,
  Secret,
  secretKind,
  ServiceAccount,
  serviceAccountKind,
  ServiceAccountsDefinition,
  TokenRequest,
} from '@own-kube/api';
import type { ApiClient } from '@own-kube/client';
import { createChannel, createClient } from '@own-kube/rpc';
import type { CertificateRequest } from '@own-kube/rpc/pki';
import {
  aPod,
  type ApiServerFixture,
  eventually,
  identities,
  startApiServer,
  startEtcd,
  tempDir,
  type TempDir,
  testPki,
} from '@own-kube/testing';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createEtcdStorage } from '../storage/etcd/etcd-storage';

let dir: TempDir;
let server: ApiServerFixture;
let admin: ApiClient;
const closing: (() => void)[] = [];
const file = async (name: string, content: string | Buffer) => {
  const path = join(dir.path, name);
  await writeFile(path, content);
  return path;
};

beforeAll(async () => {
  dir = await tempDir('own-kube-keys-');
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  server = await startApiServer({
    settings: {
      serviceAccountKey: await file('sa.key', privateKey.export({ type: 'pkcs8', format: 'pem' })),
      encryptionKey: await file('first.key', randomBytes(32).toString('base64')),
    },
  });
  admin = await server.client();
});
afterAll(async () => {
  closing.forEach((close) => close());
  await server.stop();
  await dir.remove();
});

/** A channel without a certificate, with a token if there is one. */
async function channelOf(token?: string) {
  const { ca } = await server.pki.issue(identities.admin);
  const channel = createChannel({
    address: server.address,
    tls: { ca },
    token: token ? () => token : undefined,
  });
  closing.push(() => channel.close());
  return channel;
}
async function tokensAs(identity: CertificateRequest = identities.admin) {
  const channel = createChannel({ address: server.address, tls: await server.pki.issue(identity) });
  closing.push(() => channel.close());
  return createClient(ServiceAccountsDefinition, channel);
}
const failure = (call: Promise<unknown>): Promise<Pick<ApiError, 'code' | 'message'>> =>
  call.then(
    () => ({ code: 'Internal', message: 'the call went through' }),
    (error: unknown) => error as ApiError,
  );
const ask = (name: string, pod?: string) =>
  TokenRequest.fromPartial({
    metadata: { name, namespace: 'default' },
    spec: pod ? { boundObjectRef: { kind: 'Pod', name: pod } } : {},
  });
const newAccount = (name: string) =>
  admin.of(serviceAccountKind).create(ServiceAccount.fromPartial({ metadata: { name } }));

describe('a token', () => {
  test('is its ServiceAccount, to which roles are bound like to anyone', async () => {
    await newAccount('robot');
    const { status } = await (await tokensAs()).createToken(ask('robot'));
    expect(status!.expirationTimestamp!.seconds).toBeGreaterThan(Date.now() / 1000 + 3_000);
    const pods = createClient(PodsDefinition, await channelOf(status!.token));
    expect(await failure(pods.list({ namespace: 'default' }))).toMatchObject({
      code: 'PermissionDenied',
      message: expect.stringMatching(
        /^"system:serviceaccount:default:robot" \(system:serviceaccounts, .*\) may not list pods in namespace "default"/,
      ),
    });
    await admin.of(roleBindingKind).create(
      RoleBinding.fromPartial({
        metadata: { name: 'robot-views' },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
        subjects: [{ kind: 'ServiceAccount', name: 'robot', namespace: 'default' }],
      }),
    );
    await eventually(() =>
      pods.list({ namespace: 'default' }).then(
        () => true,
        () => false,
      ),
    );
    expect((await failure(pods.list({}))).code).toBe('PermissionDenied');
  });

  test('is worth nothing once its ServiceAccount is gone, also when that is made anew', async () => {
    await newAccount('leaving');
    const { status } = await (await tokensAs()).createToken(ask('leaving'));
    const pods = createClient(PodsDefinition, await channelOf(status!.token));
    expect((await failure(pods.list({}))).code).toBe('PermissionDenied');
    await admin.of(serviceAccountKind).delete({ name: 'leaving' });
    await eventually(() => failure(pods.list({})).then(({ code }) => code === 'Unauthenticated'));
    await newAccount('leaving');
    await eventually(() =>
      failure(pods.list({})).then(({ message }) => message.includes('was deleted and made anew')),
    );
  });

  test('for a pod is given to the node of that pod alone, and ends with the pod', async () => {
    await newAccount('worker');
    const spec = { serviceAccountName: 'worker' };
    await admin.pods.create(aPod({ name: 'works', nodeName: 'node-1', spec }));
    const own = await tokensAs(identities.node('node-1'));
    const other = await tokensAs(identities.node('node-2'));
    expect((await failure(other.createToken(ask('worker', 'works')))).code).toBe('PermissionDenied');
    expect((await failure(own.createToken(ask('worker')))).code).toBe('PermissionDenied');
    expect((await failure(own.createToken(ask('robot', 'works')))).code).toBe('PermissionDenied');
    const { status } = await own.createToken(ask('worker', 'works'));
    const pods = createClient(PodsDefinition, await channelOf(status!.token));
    expect((await failure(pods.list({}))).code).toBe('PermissionDenied');
    await admin.pods.delete({ name: 'works', gracePeriodSeconds: 0 });
    await eventually(() => failure(pods.list({})).then(({ code }) => code === 'Unauthenticated'));
  });

  test('is not for what is not there, nor for too short', async () => {
    const tokens = await tokensAs();
    expect((await failure(tokens.createToken(ask('nobody')))).code).toBe('NotFound');
    expect((await failure(tokens.createToken(ask('robot', 'nowhere')))).code).toBe('NotFound');
    const short = {
      ...ask('robot'),
      spec: { audiences: [], boundObjectRef: undefined, expirationSeconds: 5 },
    };
    expect((await failure(tokens.createToken(short))).message).toContain(
      'spec.expirationSeconds: must be 600',
    );
  });

  test('is in the log as issued, and not itself', async () => {
    const { status } = await (await tokensAs()).createToken(ask('robot'));
    const line = await eventually(
      () =>
        server
          .output()
          .split('\n')
          .find((text) => text.includes('"createToken"') && text.includes('"robot"')) ?? false,
    );
    expect(JSON.parse(line)).toMatchObject({ user: 'admin', kind: 'ServiceAccount', result: 'ok' });
    expect(server.output()).not.toContain(status!.token!);
  });
});

describe('without a certificate', () => {
  test.each([
    ['no token', undefined, /^Say who you are/],
    ['no such token', 'abc', /The token is not accepted: it is no signed JSON Web Token/],
  ])('and with %s a call is refused', async (_name, token, message) => {
    const pods = createClient(PodsDefinition, await channelOf(token));
    expect(await failure(pods.list({}))).toMatchObject({
      code: 'Unauthenticated',
      message: expect.stringMatching(message),
    });
    await expect(pods.watch({}).next()).rejects.toMatchObject({ code: 'Unauthenticated' });
    await expect(pods.create(Pod.fromPartial({}))).rejects.toMatchObject({ code: 'Unauthenticated' });
  });
});

describe('Secrets in etcd', () => {
  const secret = (name: string) =>
    Secret.fromPartial({ metadata: { name }, stringData: { password: 'correct horse' } });
  const stored = async (endpoint: string, key: string) => {
    const storage = createEtcdStorage({ endpoints: [endpoint] });
    try {
      return Buffer.from((await storage.get(key))!.value).toString('latin1');
    } finally {
      storage.close();
    }
  };
  const keyOf = (name: string) => `/own-kube/registry/secrets/default/${name}`;

  test('cannot be read there, and are read and watched here', async () => {
    await admin.of(secretKind).create(secret('s'));
    const bytes = await stored(server.etcd.endpoint, keyOf('s'));
    expect(bytes).toMatch(/^own-kube:aes256gcm:v1:[0-9a-f]{16}:/);
    expect(bytes).not.toContain('correct horse');
    const read = await admin.of(secretKind).get({ name: 's' });
    expect(Buffer.from(read.data['password']!).toString()).toBe('correct horse');
    expect((await admin.of(secretKind).list({ namespace: 'default' })).items).toHaveLength(1);
  });

  test('are read by the old key, and written by the new one', async () => {
    const [old, young] = [
      await file('old.key', randomBytes(32).toString('base64')),
      await file('young.key', randomBytes(32).toString('base64')),
    ];
    await using etcd = await startEtcd();
    await using pki = await testPki();
    const run = (encryptionKey?: string) =>
      startApiServer({ etcd, pki, settings: encryptionKey ? { encryptionKey } : {} });
    {
      await using plain = await run();
      await (await plain.client()).of(secretKind).create(secret('s'));
      expect(await stored(etcd.endpoint, keyOf('s'))).toContain('correct horse');
    }
    const rewritten = async (keys: string) => {
      await using again = await run(keys);
      const secrets = (await again.client()).of(secretKind);
      await secrets.update(await secrets.get({ name: 's' }));
      return stored(etcd.endpoint, keyOf('s'));
    };
    const sealedByOld = await rewritten(old);
    expect(sealedByOld).not.toContain('correct horse');
    const sealedByYoung = await rewritten(`${young},${old}`);
    expect(sealedByYoung.slice(0, 38)).not.toBe(sealedByOld.slice(0, 38));
    expect((await rewritten(young)).slice(0, 38)).toBe(sealedByYoung.slice(0, 38));
  });
});
