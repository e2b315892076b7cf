/**
 * One `ip -batch` that goes on: a change costs no start of a command. It remembers the index of each name that it met,
 * so a session that knows a former device of a name is not asked about a new one of that name, and one in which a line
 * failed is not asked again.
 */
import type { Conversation, Converse } from '../exec';
import { parseFailures, type LineFailure } from './batch';

/** A session. Calls of `run` must not overlap. */
export interface IpSession {
  /** Runs every line, also after one that failed, and returns the failures. `makes`: devices that the lines make. */
  run(lines: readonly string[], makes: readonly string[]): Promise<LineFailure[]>;
  close(): void;
}

/** What `ip` refuses at once: by that it tells us that all lines before are done. */
const marker = 'done';

/** What a session remembers grows; after so many lines another one takes over. */
const mostLines = 10_000;
const timeoutMs = 10_000;

interface Session {
  readonly talk: Conversation;
  readonly met: Set<string>;
  said: number;
}

/** Makes a session; `ip` is started when it is first needed. */
export function createIpSession(converse: Converse): IpSession {
  let session: Session | undefined;

  function sessionFor(makes: readonly string[]): Session {
    if (session && (session.said > mostLines || makes.some((name) => session?.met.has(name)))) close();
    session ??= { talk: converse(['ip', '-force', '-batch', '-']), met: new Set(), said: 0 };
    makes.forEach((name) => session?.met.add(name));
    return session;
  }

  function close(): void {
    session?.talk.end();
    session = undefined;
  }

  async function run(lines: readonly string[], makes: readonly string[]): Promise<LineFailure[]> {
    if (lines.length === 0) return [];
    const { talk, said } = sessionFor(makes);
    const end = said + lines.length + 1;
    if (session) session.said = end;
    talk.say([...lines, marker].map((line) => `${line}\n`).join(''));
    const failures = await hearUntil(talk, end);
    if (!failures || failures.length > 0) close();
    if (!failures) throw new Error(`\`ip -batch\` ended or hung at \`${lines[0]}\`.`);
    return failures.map(({ line, text }) => ({ line: line - said, text }));
  }

  return { run, close };
}

/** The failures before line `end`, at which the marker is; undefined where the command ended or does not get there. */
async function hearUntil(talk: Conversation, end: number): Promise<LineFailure[] | undefined> {
  const late = AbortSignal.timeout(timeoutMs);
  const giveUp = () => talk.end();
  late.addEventListener('abort', giveUp);
  const heard: string[] = [];
  try {
    for (let line = await talk.hear(); line !== undefined; line = await talk.hear()) {
      heard.push(line);
      if (line === `Command failed -:${end}`) return parseFailures(heard.join('\n')).slice(0, -1);
    }
    return undefined;
  } finally {
    late.removeEventListener('abort', giveUp);
  }
}
