/** Kernel settings of the node's network namespace. In the local cluster they are set on the node's container. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '@own-kube/process';

/** One setting. */
export interface Sysctl {
  readonly name: string;
  readonly value: string;
  readonly why: string;
  /** Without it no pod reaches another one. */
  readonly required: boolean;
}

/** What the pod network needs. */
export const sysctls: readonly Sysctl[] = [
  {
    name: 'net.ipv4.ip_forward',
    value: '1',
    why: 'the node routes all traffic of its pods',
    required: true,
  },
  // Pods on one bridge speak by way of the node, which would tell each of them of a shorter way, that is none.
  ...['all', 'default'].map((scope) => ({
    name: `net.ipv4.conf.${scope}.send_redirects`,
    value: '0',
    why: 'the node would send ICMP redirects to its pods',
    required: false,
  })),
];

/** Makes sure of the settings. Fails with a sentence where a required one is missing and cannot be written. */
export async function ensureSysctls({
  log,
  root = '/proc/sys',
}: {
  log: Logger;
  root?: string;
}): Promise<void> {
  for (const sysctl of sysctls) await ensureSysctl(sysctl, { log, root });
}

async function ensureSysctl(sysctl: Sysctl, { log, root }: { log: Logger; root: string }): Promise<void> {
  const { name, value, why, required } = sysctl;
  const path = join(root, name.replaceAll('.', '/'));
  const have = (await readFile(path, 'utf8')).trim();
  if (have === value) return;
  try {
    await writeFile(path, value);
    log.info(`set ${name}=${value}`, { reason: why });
  } catch (cause) {
    const text = `${name} is ${have} and not ${value}, and may not be written here (${why}): set the sysctl on the node's container or machine.`;
    if (required) throw new Error(text, { cause });
    log.warn(text);
  }
}
