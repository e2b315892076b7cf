/** Decides what is to be done about missing commands; asks nobody and does nothing. */
import type { Requirement } from './requirements.ts';

/** What we know of the machine. */
export interface Machine {
  readonly root: boolean;
  /** apt-get is there, so it is Debian or a relative. */
  readonly apt: boolean;
  /** A person sits in front of it. */
  readonly terminal: boolean;
}

export type InstallPlan =
  | { readonly action: 'nothing' }
  | { readonly action: 'install'; readonly packages: readonly string[]; readonly ask: boolean }
  | { readonly action: 'stop'; readonly message: string };

const unique = (values: readonly string[]): string[] => [...new Set(values)].sort();

/** What to do about what is missing. */
export function planInstall(missing: readonly Requirement[], machine: Machine): InstallPlan {
  if (missing.length === 0) return { action: 'nothing' };
  const packages = unique(missing.map((requirement) => requirement.package));
  if (machine.root && machine.apt) return { action: 'install', packages, ask: machine.terminal };
  const names = unique(missing.map(({ name }) => name)).join(', ');
  const how = machine.apt
    ? `Run this, or start again as root:\n\n  sudo apt-get install ${packages.join(' ')}`
    : `This is not Debian or Ubuntu, so they cannot be installed from here. Their names in Debian are:\n\n  ${packages.join('\n  ')}`;
  return { action: 'stop', message: `Not installed on this machine: ${names}.\n${how}` };
}
