/** Sees to it that the machine has what a task needs. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { tryRun } from '../kit/run.ts';
import { confirm } from '../kit/say.ts';
import { Stop } from '../kit/task.ts';
import { installPackages } from './apt.ts';
import { planInstall, type Machine } from './plan-install.ts';
import { requirements, type Need, type Requirement } from './requirements.ts';

/** True when a command of that name is on the path. */
export function hasCommand(name: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Root's path without a login shell often lacks the folders of system commands. */
export function completePath(): void {
  const path = (process.env.PATH ?? '').split(delimiter);
  const lacking = ['/usr/local/sbin', '/usr/sbin', '/sbin'].filter((folder) => !path.includes(folder));
  process.env.PATH = [...path, ...lacking].join(delimiter);
}

async function isThere({ name, probes }: Requirement): Promise<boolean> {
  if (!probes) return hasCommand(name);
  for (const probe of probes) if ((await tryRun(probe)).code === 0) return true;
  return false;
}

/** Of what is needed, what this machine lacks. */
export async function findMissing(needs: readonly Need[]): Promise<Requirement[]> {
  const wanted = needs.flatMap((need): readonly Requirement[] => requirements[need]);
  const there = await Promise.all(wanted.map(isThere));
  return wanted.filter((_requirement, index) => !there[index]);
}

const thisMachine = (): Machine => ({
  root: process.getuid?.() === 0,
  apt: hasCommand('apt-get'),
  terminal: Boolean(process.stdin.isTTY && process.stdout.isTTY) && !process.env.CI,
});

/**
 * Installs what is missing of what is needed: with apt as root on Debian or Ubuntu, after a question on a terminal.
 * Elsewhere it stops with the list of what a person has to install.
 */
export async function ensurePrerequisites(...needs: Need[]): Promise<void> {
  completePath();
  const plan = planInstall(await findMissing(needs), thisMachine());
  if (plan.action === 'nothing') return;
  if (plan.action === 'stop') throw new Stop(plan.message);
  const { packages } = plan;
  if (plan.ask && !(await confirm(`Install ${packages.join(' ')} with apt?`)))
    throw new Stop(`Nothing was installed. To do it yourself: apt-get install ${packages.join(' ')}`);
  await installPackages(packages);
  const still = await findMissing(needs);
  if (still.length === 0) return;
  const names = still.map(({ name }) => name).join(', ');
  throw new Stop(`Still missing, though ${packages.join(' ')} were installed: ${names}.`);
}
