import { openSync, closeSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConverse, createExec, ExecError, formatCommand } from './exec';
import { useFolders } from './testing/folders';

const newFolder = useFolders();

const exec = createExec();

test('a command gets its arguments and standard input as they are', async () => {
  await expect(exec(['cat', '-'], { stdin: '$(id) `id`\n' })).resolves.toMatchObject({
    stdout: '$(id) `id`\n',
  });
  await expect(exec(['printf', '%s', "a 'b' $c"])).resolves.toMatchObject({ stdout: "a 'b' $c" });
});

test('a failure says what was run, in a form to paste, and what the command said', async () => {
  const error: unknown = await exec(['ls', '/no such folder'], { stdin: 'x y\n' }).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(ExecError);
  expect(error).toMatchObject({ exitCode: 2, argv: ['ls', '/no such folder'] });
  expect((error as ExecError).message).toContain(
    "`ls '/no such folder' <<'END'\nx y\nEND\n` exited with 2: ls: cannot",
  );
});

test('a command that is not there fails with a sentence', async () => {
  const error: unknown = await exec(['no-such-command']).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(ExecError);
  expect((error as ExecError).message).toMatch(/no-such-command.*ENOENT/s);
});

test('descriptors are passed on', async () => {
  const path = join(await newFolder(), 'file');
  writeFileSync(path, 'through a descriptor');
  const fd = openSync(path, 'r');
  const { stdout } = await exec(['cat', '/proc/self/fd/3'], { fds: [fd] });
  closeSync(fd);
  expect(stdout).toBe('through a descriptor');
});

test('standard input may come later, and its failure is the failure', async () => {
  let feed = (_text: string) => {};
  const stdin = new Promise<string>((resolve) => (feed = resolve));
  const running = exec(['cat'], { stdin });
  feed('late');
  await expect(running).resolves.toMatchObject({ stdout: 'late' });
  await expect(exec(['cat'], { stdin: Promise.reject(new Error('nothing to say')) })).rejects.toThrow(
    'nothing to say',
  );
});

test('a signal ends the command', async () => {
  const abort = new AbortController();
  const running = exec(['sleep', '60'], { signal: abort.signal });
  abort.abort();
  await expect(running).rejects.toBeInstanceOf(ExecError);
});

test('everything runs behind the prefix', async () => {
  const elsewhere = createExec({ prefix: ['env', 'A=1'] });
  await expect(elsewhere(['printenv', 'A'])).resolves.toMatchObject({ stdout: '1\n' });
});

test('a command is quoted so that a shell reads it as it was', () => {
  expect(formatCommand(['ip', 'link', "it's", ''])).toBe(`ip link 'it'\\''s' ''`);
});

test('a conversation goes on until it is ended, and says so', async () => {
  const talk = createConverse({ prefix: ['env', 'WHO=me'] })([
    'sh',
    '-c',
    'while read line; do echo "$WHO: $line" >&2; done',
  ]);
  for (const text of ['one', 'two']) {
    talk.say(`${text}\n`);
    expect(await talk.hear()).toBe(`me: ${text}`);
  }
  talk.end();
  expect(await talk.hear()).toBeUndefined();
});

test('a conversation with a command that is not there has ended', async () => {
  const talk = createConverse()(['no-such-command']);
  talk.say('hello');
  expect(await talk.hear()).toBeUndefined();
});
