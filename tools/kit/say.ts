/** What a person sees while something runs: one line a step, progress on the long ones, the time that it took. */
import { stripVTControlCharacters } from 'node:util';

const tick = 10_000;

/** A step that runs. */
export interface Step {
  /** What it is busy with now; shown at once on a terminal, and now and then elsewhere. */
  readonly note: (text: string) => void;
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** Prints a line. */
export const say = (text = ''): void => console.log(text);

/** Runs one step under its title and prints how long it took. */
export async function step<T>(title: string, work: (step: Step) => Promise<T>): Promise<T> {
  const started = Date.now();
  const live = process.stdout.isTTY;
  const width = (process.stdout.columns ?? 80) - 1;
  let last = '';
  const clear = (): void => {
    if (live) process.stdout.write('\r\x1b[K');
  };
  const show = (): void => {
    const text = `    ${seconds(Date.now() - started)} ${last}`.slice(0, width);
    if (live) process.stdout.write(`\r\x1b[K${text}`);
    else console.log(text);
  };
  console.log(`==> ${title}`);
  const ticking = setInterval(show, live ? 500 : tick);
  try {
    const result = await work({
      note: (text) => (last = stripVTControlCharacters(text).trim().slice(0, 140)),
    });
    clear();
    console.log(`    done in ${seconds(Date.now() - started)}`);
    return result;
  } finally {
    clearInterval(ticking);
    clear();
  }
}

/** Asks a yes/no question on the terminal. */
export async function confirm(question: string): Promise<boolean> {
  const { createInterface } = await import('node:readline/promises');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await terminal.question(`${question} [Y/n] `);
    return !/^n/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}
