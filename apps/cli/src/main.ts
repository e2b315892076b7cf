/** okube: the only file that touches the process. */
import { homedir } from 'node:os';
import { text } from 'node:stream/consumers';
import { exitCodes } from './exit-codes';
import { runOkube } from './program';

const stop = new AbortController();
const interrupt = (signal: NodeJS.Signals) => {
  // Who asks twice does not want to wait.
  if (stop.signal.aborted) process.exit(exitCodes.interrupted);
  stop.abort(new Error(`interrupted by ${signal}`));
};
process.on('SIGINT', interrupt).on('SIGTERM', interrupt);

// `okube get pods -w | head -1`: the reader has gone, and that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? exitCodes.success : exitCodes.failure);
});

void runOkube(process.argv.slice(2), {
  env: process.env,
  cwd: process.cwd(),
  home: homedir(),
  signal: stop.signal,
  now: Date.now,
  out: (output) => void process.stdout.write(output),
  err: (line) => void process.stderr.write(`${line}\n`),
  readStdin: () => text(process.stdin),
}).then((code) => {
  process.exitCode = code;
});
