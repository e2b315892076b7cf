/**
 * Operations on disk: appended one line for each batch, with a checksum, and synced before anyone is told. A batch is
 * written only after the one before it was synced, so a crash can tear the last line alone: that one is dropped at the
 * next start, nobody was told of it. A damaged line before the last is damage of the disk, and not guessed about.
 */
import { open, readFile, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { createBatcher } from '../batcher';

/** What a journal keeps, and how. */
export interface JournalFormat<State, Op> {
  readonly empty: () => State;
  /** Carries one operation out. */
  readonly apply: (state: State, op: Op) => void;
  /** The shortest operations that lead to a state. */
  readonly snapshot: (state: State) => Op[];
}

/** A state that survives a crash at any moment. */
export interface Journal<State, Op> {
  /** What is on disk. */
  readonly state: Readonly<State>;
  /** Resolves when the operation is on disk. What is appended at the same time shares one sync. */
  append(op: Op): Promise<void>;
  close(): Promise<void>;
}

/** After so many lines the journal is written anew from the state. */
const compactAfter = 2000;

/** The text of one batch. */
export function formatBatch(ops: readonly unknown[]): string {
  const body = JSON.stringify(ops);
  return `${checksum(body)} ${body}\n`;
}

/** The batches of a journal, and how many of its bytes they are; what comes after them is the torn rest. */
export function parseJournal(bytes: Buffer, path: string): { batches: unknown[][]; length: number } {
  const batches: unknown[][] = [];
  let at = 0;
  for (let end = bytes.indexOf('\n'); end >= 0; end = bytes.indexOf('\n', at)) {
    const batch = parseLine(bytes.toString('utf8', at, end));
    if (!batch && end + 1 < bytes.length) {
      throw new Error(
        `${path} is damaged at line ${batches.length + 1}, which no crash of this program can do: check the disk. ` +
          `To start without the leases in it, move the file away; the pods of this node are then attached anew.`,
      );
    }
    if (!batch) break;
    batches.push(batch);
    at = end + 1;
  }
  return { batches, length: at };
}

function parseLine(line: string): unknown[] | undefined {
  const body = line.slice(9);
  return line.slice(0, 9) === `${checksum(body)} ` ? (JSON.parse(body) as unknown[]) : undefined;
}

const checksum = (text: string): string => crc32(text).toString(16).padStart(8, '0');

/** Opens a journal, or starts one. Fails where the file cannot be read or is damaged. */
export async function openJournal<State, Op>(
  path: string,
  { empty, apply, snapshot }: JournalFormat<State, Op>,
): Promise<Journal<State, Op>> {
  const state = empty();
  const bytes = await readFile(path).catch(emptyWhereAbsent);
  const { batches, length } = parseJournal(bytes, path);
  for (const op of batches.flat()) apply(state, op as Op);
  let lines = batches.length;
  let file = await openAt(path, length);
  let damaged = false;

  async function write(ops: readonly Op[]): Promise<void> {
    if (damaged || lines >= compactAfter) await compact();
    damaged = true;
    await file.appendFile(formatBatch(ops));
    await file.datasync();
    damaged = false;
    lines++;
    for (const op of ops) apply(state, op);
  }

  /** Also what heals a failed write: nothing is known of the end of the old file, so it is left behind. */
  async function compact(): Promise<void> {
    const fresh = await writeAside(path, formatBatch(snapshot(state)));
    await file.close();
    file = fresh;
    lines = 1;
    damaged = false;
  }

  const append = createBatcher<Op>(async (ops) => {
    await write(ops);
    return [];
  });
  return { state, append, close: () => file.close() };
}

function emptyWhereAbsent(error: NodeJS.ErrnoException): Buffer {
  if (error.code === 'ENOENT') return Buffer.alloc(0);
  throw error;
}

/** Opens the journal to append to, without its torn rest and without what a crashed compaction left. */
async function openAt(path: string, length: number): Promise<FileHandle> {
  await rm(`${path}.new`, { force: true });
  const file = await open(path, 'a', 0o600);
  await file.truncate(length);
  await file.sync();
  await syncFolder(path);
  return file;
}

async function writeAside(path: string, text: string): Promise<FileHandle> {
  await rm(`${path}.new`, { force: true });
  const file = await open(`${path}.new`, 'a', 0o600);
  await file.appendFile(text);
  await file.sync();
  await rename(`${path}.new`, path);
  await syncFolder(path);
  return file;
}

/** A file's name is on disk only when its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(path));
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
