import { randomBytes } from 'node:crypto';
import { createMemoryStorage } from '../memory/memory-storage';
import type { Storage } from '../storage';
import { describeStorage } from '../storage.contract';
import { createEncryptedStorage } from './encrypted-storage';
import { createSealer, isSealed, type SealingKey, toSealingKey } from './sealer';

const keyOf = (name: string) => `/own-kube/registry/secrets/default/${name}`;
const [a, b, configMap] = [keyOf('a'), keyOf('b'), '/own-kube/registry/configmaps/default/a'];
const [first, second] = [toSealingKey(randomBytes(32)), toSealingKey(randomBytes(32))];
const plain = Buffer.from('\n\x05hello');

const over = (storage: Storage, ...keys: SealingKey[]) =>
  createEncryptedStorage({
    storage,
    sealer: createSealer(keys),
    encrypts: (key) => key.startsWith('/own-kube/registry/secrets/'),
  });
const put = (storage: Storage, key: string, value: Uint8Array) =>
  storage.commit({ conditions: [], writes: [{ put: key, value }] });
const text = (value: Uint8Array | undefined) => Buffer.from(value ?? []).toString('latin1');
const stop = new AbortController();
afterAll(() => stop.abort());

test('what is stored is not readable, and is read', async () => {
  const inner = createMemoryStorage();
  const outer = over(inner, first);
  await put(outer, a, plain);
  const stored = (await inner.get(a))!.value;
  expect(isSealed(stored)).toBe(true);
  expect(text(stored)).toContain(first.id);
  expect(text(stored)).not.toContain('hello');
  expect(text((await outer.get(a))!.value)).toBe(text(plain));
  expect(text((await outer.list({ prefix: '/own-kube/' })).entries[0]!.value)).toBe(text(plain));
  const before = (await inner.currentRevision()) - 1;
  for await (const { events } of outer.watch('/own-kube/', before, stop.signal)) {
    if (events.length === 0) continue;
    expect(events).toEqual([expect.objectContaining({ key: a, value: plain })]);
    break;
  }
  const refused = await outer.commit({ conditions: [{ key: a, revision: 0 }], writes: [] });
  expect(refused.committed ? undefined : text(refused.found.get(a)!.entries[0]!.value)).toBe(text(plain));
});

test('the same value is never stored as the same bytes', async () => {
  const sealer = createSealer([first]);
  expect(text(sealer.seal(a, plain))).not.toBe(text(sealer.seal(a, plain)));
});

test('other kinds are stored as they are', async () => {
  const inner = createMemoryStorage();
  await put(over(inner, first), configMap, plain);
  expect(text((await inner.get(configMap))!.value)).toBe(text(plain));
  expect((await over(inner, first).get(configMap))!.stale).toBeUndefined();
});

test('what was stored before there was a key is read, and is to be written again', async () => {
  const inner = createMemoryStorage();
  await put(inner, a, plain);
  expect(await over(inner, first).get(a)).toMatchObject({ value: plain, stale: true });
  expect((await over(inner).get(a))!.stale).toBeUndefined();
});

test('keys are changed by putting the new one first', async () => {
  const inner = createMemoryStorage();
  await put(over(inner, first), a, plain);
  const both = over(inner, second, first);
  expect(await both.get(a)).toMatchObject({ value: plain, stale: true });
  await put(both, a, plain);
  expect((await both.get(a))!.stale).toBeUndefined();
  expect(text((await over(inner, second).get(a))!.value)).toBe(text(plain));
});

test.each([
  ['another key', [second]],
  ['no key', []],
])('with %s the error names the object and the key that is missing', async (_name, keys) => {
  const inner = createMemoryStorage();
  await put(over(inner, first), a, plain);
  await expect(over(inner, ...keys).get(a)).rejects.toThrow(
    `secrets default/a in etcd cannot be decrypted: it is encrypted with the key ${first.id}, which is none of`,
  );
});

test('a value that was moved to another object is refused', async () => {
  const inner = createMemoryStorage();
  await put(over(inner, first), a, plain);
  await put(inner, b, (await inner.get(a))!.value);
  await expect(over(inner, first).get(b)).rejects.toThrow(
    /^secrets default\/b in etcd cannot be decrypted: what is stored was changed, or is another object's/,
  );
});

test('every changed bit is noticed', () => {
  const sealer = createSealer([first]);
  const sealed = sealer.seal(a, plain);
  const start = sealed.length - plain.length - 28;
  for (let at = start; at < sealed.length; at++) {
    const tampered = Buffer.from(sealed);
    tampered[at]! ^= 1;
    expect(() => sealer.open(a, tampered)).toThrow(/cannot be decrypted/);
  }
  for (let length = 22; length < sealed.length; length++)
    expect(() => sealer.open(a, sealed.subarray(0, length))).toThrow(/cannot be decrypted/);
});

const everything = createEncryptedStorage({
  storage: createMemoryStorage(),
  sealer: createSealer([first]),
  encrypts: () => true,
});
describeStorage('the encrypted store', () => everything);
