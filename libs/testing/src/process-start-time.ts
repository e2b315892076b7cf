import { readFile } from 'node:fs/promises';

/** When a process was started, in clock ticks since boot: together with its pid it names it for ever. */
export async function processStartTime(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The second field, the command in parentheses, may hold spaces; after it comes the third.
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[22 - 3]);
}
