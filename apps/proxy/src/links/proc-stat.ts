/**
 * The start time of a process, out of the text of /proc/PID/stat: its field 22, in clock ticks since boot. The second
 * field is the command's name in parentheses, in which a program may write anything, spaces and parentheses too: the
 * fields are counted from the last closing one.
 */
export function parseStartTime(stat: string): number | undefined {
  const fields = stat
    .slice(stat.lastIndexOf(')') + 1)
    .trim()
    .split(/\s+/);
  // The first field after the name is the third of all.
  const text = fields[22 - 3] ?? '';
  return /^\d+$/.test(text) ? Number(text) : undefined;
}
