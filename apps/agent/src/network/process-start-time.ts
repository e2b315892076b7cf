import { readFile } from 'node:fs/promises';

/**
 * When a process was started, in clock ticks since boot: with its id it names one process for all time. Undefined:
 * there is no such process. Needs the machine's process ids (pid: host).
 */
export async function processStartTime(pid: number): Promise<number | undefined> {
  try {
    return parseStartTime(await readFile(`/proc/${pid}/stat`, 'utf8'));
  } catch (error) {
    if (
      (error as NodeJS.ErrnoException).code === 'ENOENT' ||
      (error as NodeJS.ErrnoException).code === 'ESRCH'
    ) {
      return undefined;
    }
    throw error;
  }
}

/** Field 22 of /proc/PID/stat. The second field, the command, may itself hold spaces and parentheses. */
export function parseStartTime(stat: string): number | undefined {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[22 - 3]);
  return Number.isFinite(ticks) && fields.length > 19 ? ticks : undefined;
}
