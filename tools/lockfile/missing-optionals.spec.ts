import { readFileSync } from 'node:fs';
import { inRoot } from '../kit/paths.ts';
import { completeLockfile, missingOptionals, platformOf, type Lockfile } from './missing-optionals.ts';

const lockfile: Lockfile = {
  packages: {
    '': {},
    'node_modules/fast': {
      version: '1.0.0',
      optionalDependencies: { 'fast-linux-x64-gnu': '1.0.0', 'fast-darwin-arm64': '1.0.0', ranged: '^2.0.0' },
    },
    'node_modules/fast/node_modules/fast-linux-x64-gnu': { version: '1.0.0', optional: true },
  },
};

test('what is neither beside nor above the package that asks for it is missing', () => {
  expect(missingOptionals(lockfile)).toEqual([{ name: 'fast-darwin-arm64', version: '1.0.0' }]);
});

test('a completed file lacks nothing and keeps what it had', () => {
  const completed = completeLockfile(lockfile);
  expect(missingOptionals(completed)).toEqual([]);
  expect(completed.packages['node_modules/fast-darwin-arm64']).toEqual({
    version: '1.0.0',
    os: ['darwin'],
    cpu: ['arm64'],
    optional: true,
  });
  expect(completed.packages).toMatchObject(lockfile.packages);
});

test.each([
  ['@swc/core-linux-arm-gnueabihf', { os: ['linux'], cpu: ['arm'], libc: ['glibc'] }],
  ['@unrs/resolver-binding-linux-riscv64-musl', { os: ['linux'], cpu: ['riscv64'], libc: ['musl'] }],
  ['@bufbuild/buf-linux-armv7', { os: ['linux'], cpu: ['arm'] }],
  ['@unrs/resolver-binding-android-arm-eabi', { os: ['android'], cpu: ['arm'] }],
  ['@swc/core-win32-ia32-msvc', { os: ['win32'], cpu: ['ia32'] }],
  ['left-pad', undefined],
])('%s', (name, platform) => {
  expect(platformOf(name)).toEqual(platform);
});

test('the lockfile of this repository is complete (else: node tools/complete-lockfile.ts)', () => {
  const own = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8')) as Lockfile;
  expect(missingOptionals(own)).toEqual([]);
});
