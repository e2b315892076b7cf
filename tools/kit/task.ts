/** The frame of a task: one sentence for what went wrong, and an exit code that says so. */

/** Something that the person has to do; printed as it is, without a stack. */
export class Stop extends Error {
  override name = 'Stop';
}

/** Runs a task of tools/; Ctrl-C and SIGTERM abort its signal. */
export async function task(work: (args: string[], signal: AbortSignal) => Promise<void>): Promise<void> {
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopping.abort());
  try {
    await work(process.argv.slice(2), stopping.signal);
  } catch (error) {
    process.exitCode = 1;
    if (stopping.signal.aborted) console.error('stopped');
    else if (error instanceof Error && ['Stop', 'RunError'].includes(error.name))
      console.error(`\nerror: ${error.message}`);
    else console.error(error);
  }
}
