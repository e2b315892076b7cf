import { readdir, readFile } from 'node:fs/promises';
import type { Exec } from '../exec';
import { createPodSide } from './pod-side';
import { useFolders } from '../testing/folders';

const newFolder = useFolders();

const netns = (fd: number) => ({ fd, path: `/proc/1/fd/${fd}`, close: async () => {} });
const item = (n: number) => ({
  netns: netns(n),
  name: `veth${n}`,
  lines: [`link set dev lo up`, `addr add 10.0.0.${n}/32 dev eth0`],
});

/** Runs nothing; keeps what it was asked for, with the texts of the files. */
const setup = async (fails: string[] = []) => {
  const dir = await newFolder();
  const asked: { command: string; stdin: string; texts: string[] }[] = [];
  const exec: Exec = async (argv, { stdin = '' } = {}) => {
    const files = (await stdin).split('\n').filter((word) => word.startsWith(dir));
    const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
    asked.push({ command: argv.join(' '), stdin: (await stdin).replaceAll(dir, 'DIR'), texts });
    if (files.some((file) => fails.some((name) => file.includes(name)))) throw new Error('exit 123');
    return { stdout: '', stderr: '' };
  };
  return { dir, asked, side: createPodSide({ exec, dir }) };
};

test('those that come together share a command, and leave no file', async () => {
  const { dir, asked, side } = await setup();
  await Promise.all([1, 2, 3].map((n) => side.runShared(item(n))));
  expect(asked.map(({ texts }) => texts.length)).toEqual([1, 2]);
  expect(asked[1]?.command).toBe('xargs -d \n -P 4 -n 4 nsenter');
  expect(asked[1]?.stdin).toBe(
    '--net=/proc/1/fd/2\nip\n-batch\nDIR/veth2.ip\n--net=/proc/1/fd/3\nip\n-batch\nDIR/veth3.ip\n',
  );
  expect(asked[1]?.texts[0]).toBe('link set dev lo up\naddr add 10.0.0.2/32 dev eth0\n');
  expect(await readdir(dir)).toEqual([]);
});

test('a failure is that of all that shared the command', async () => {
  const { dir, side } = await setup(['veth3']);
  const outcomes = await Promise.allSettled([1, 2, 3].map((n) => side.runShared(item(n))));
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
  expect(await readdir(dir)).toEqual([]);
});

test('one alone is fed when its lines are there', async () => {
  const { asked, side } = await setup();
  await side.runAlone(netns(7), Promise.resolve(['link set dev lo up']));
  expect(asked).toEqual([
    { command: 'nsenter --net=/proc/self/fd/3 ip -batch -', stdin: 'link set dev lo up\n', texts: [] },
  ]);
  await expect(side.runAlone(netns(7), Promise.reject(new Error('no pair')))).rejects.toThrow('no pair');
});
