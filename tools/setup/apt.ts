/** Installing Debian packages. */
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { run } from '../kit/run.ts';
import { step } from '../kit/say.ts';

const env = { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' };
const policyFile = '/usr/sbin/policy-rc.d';

/** True where systemd is the first process. */
export const hasSystemd = (): boolean => existsSync('/run/systemd/system');

/**
 * Keeps a package's service from being started by its installation: etcd is for tests alone, which start their own, and
 * one that runs as a service would hold port 2379.
 */
async function withoutServices<T>(work: () => Promise<T>): Promise<T> {
  const ours = !existsSync(policyFile);
  if (ours) await writeFile(policyFile, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    return await work();
  } finally {
    if (ours) await rm(policyFile, { force: true });
  }
}

/** Installs packages. Their services are neither started nor, in the case of etcd, left to start with the machine. */
export async function installPackages(packages: readonly string[]): Promise<void> {
  await step(`Installing with apt: ${packages.join(' ')}`, async ({ note }) => {
    note('apt-get update');
    await run(['apt-get', 'update', '-qq'], { env, onLine: note });
    const install = ['apt-get', 'install', '-y', '--no-install-recommends', ...packages] as const;
    await withoutServices(() => run([...install], { env, onLine: note }));
    if (hasSystemd() && packages.includes('etcd-server'))
      await run(['systemctl', 'disable', '--now', 'etcd']);
  });
}
