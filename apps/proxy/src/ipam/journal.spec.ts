import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatBatch, openJournal, parseJournal, type JournalFormat } from './journal';
import { useFolders } from '../testing/folders';

const newFolder = useFolders();

/** The last values of some names. */
const names: JournalFormat<Map<string, string>, [string, string]> = {
  empty: () => new Map(),
  apply: (state, [name, value]) => void state.set(name, value),
  snapshot: (state) => [...state],
};

const newPath = async () => join(await newFolder(), 'names.journal');

test('what was appended is there after a restart', async () => {
  const path = await newPath();
  const journal = await openJournal(path, names);
  await Promise.all([journal.append(['a', '1']), journal.append(['b', '2']), journal.append(['a', '3'])]);
  await journal.close();
  const again = await openJournal(path, names);
  expect(again.state).toEqual(
    new Map([
      ['a', '3'],
      ['b', '2'],
    ]),
  );
  await again.close();
});

test('appends that come together share a line, and so a sync', async () => {
  const path = await newPath();
  const journal = await openJournal(path, names);
  await Promise.all(Array.from({ length: 50 }, (_, i) => journal.append([`n${i}`, 'x'])));
  expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(3);
  await journal.close();
});

test('cut at any byte, it opens with the batches that were whole, and goes on from there', async () => {
  const path = await newPath();
  const batches: [string, string][][] = [
    [['a', '1']],
    [
      ['b', '2'],
      ['c', 'ü'],
    ],
    [['a', '3']],
  ];
  const texts = batches.map(formatBatch).map((text) => Buffer.from(text));
  const whole = Buffer.concat(texts);
  for (let cut = 0; cut <= whole.length; cut++) {
    await writeFile(path, whole.subarray(0, cut));
    let end = 0;
    const kept = batches.filter((_, i) => (end += texts[i]?.length ?? 0) <= cut);
    const journal = await openJournal(path, names);
    expect(journal.state).toEqual(new Map(kept.flat()));
    await journal.append(['after', 'x']);
    await journal.close();
    const again = await openJournal(path, names);
    expect(again.state).toEqual(new Map([...kept.flat(), ['after', 'x']]));
    await again.close();
  }
});

test('a last line of which pages are missing is dropped, though its end is there', async () => {
  const path = await newPath();
  const torn = Buffer.from(formatBatch([['b', '2']]));
  torn.fill(0, 0, 12);
  await writeFile(path, Buffer.concat([Buffer.from(formatBatch([['a', '1']])), torn]));
  const journal = await openJournal(path, names);
  expect([...journal.state]).toEqual([['a', '1']]);
  await journal.close();
});

test('damage before the last line is said, not guessed about', () => {
  const bytes = Buffer.from(formatBatch([['a', '1']]).replace('1', '2') + formatBatch([['b', '2']]));
  expect(() => parseJournal(bytes, '/var/x.journal')).toThrow('/var/x.journal is damaged at line 1');
});

test('after many lines it is written anew, and nothing is lost', async () => {
  const path = await newPath();
  const text = Array.from({ length: 2000 }, (_, i) => formatBatch([[`n${i % 3}`, `${i}`]])).join('');
  await writeFile(path, text);
  const journal = await openJournal(path, names);
  await journal.append(['last', 'x']);
  await journal.close();
  expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(3);
  const again = await openJournal(path, names);
  expect(again.state).toEqual(
    new Map([
      ['n0', '1998'],
      ['n1', '1999'],
      ['n2', '1997'],
      ['last', 'x'],
    ]),
  );
  await again.close();
});

test('a compaction that a crash cut short leaves the old journal', async () => {
  const path = await newPath();
  await writeFile(path, formatBatch([['a', '1']]));
  await writeFile(`${path}.new`, 'half');
  await truncate(`${path}.new`, 3);
  const journal = await openJournal(path, names);
  expect([...journal.state]).toEqual([['a', '1']]);
  await journal.close();
});
