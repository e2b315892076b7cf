import { readFileSync } from 'node:fs';

/** The resident memory of a process, in MB. */
export function rssMb(pid: number): number {
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  if (!line) throw new Error(`/proc/${pid}/status has no VmRSS`);
  return Number(line[1]) / 1024;
}
