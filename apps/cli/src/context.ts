/** What okube knows of the process and the machine it runs on. Only main.ts makes a real one. */
export interface Context {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The working directory. */
  readonly cwd: string;
  /** The home directory. */
  readonly home: string;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Writes to standard output. */
  readonly out: (text: string) => void;
  /** Writes a line for a person to standard error. */
  readonly err: (line: string) => void;
  /** All of standard input. */
  readonly readStdin: () => Promise<string>;
}
