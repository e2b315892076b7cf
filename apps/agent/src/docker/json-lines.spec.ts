import { parseJsonLines } from './json-lines';

async function* chunksOf(...texts: (string | Uint8Array)[]): AsyncIterable<Uint8Array> {
  for (const text of texts) yield typeof text === 'string' ? Buffer.from(text) : text;
}

async function readAll(...chunks: (string | Uint8Array)[]): Promise<unknown[]> {
  const values: unknown[] = [];
  for await (const value of parseJsonLines(chunksOf(...chunks))) values.push(value);
  return values;
}

const euro = Buffer.from('{"a":"€"}\n');

test.each([
  ['nothing', [], []],
  ['two values in one chunk', ['{"a":1}\n{"a":2}\n'], [{ a: 1 }, { a: 2 }]],
  ['a value in two chunks', ['{"a"', ':1}\n'], [{ a: 1 }]],
  ['a character in two chunks', [euro.subarray(0, 7), euro.subarray(7)], [{ a: '€' }]],
  ['a last line without an end', ['{"a":1}\n{"a":2}'], [{ a: 1 }, { a: 2 }]],
  ['empty lines', ['\n\r\n{"a":1}\r\n\n'], [{ a: 1 }]],
])('%s', async (_name, chunks, values) => {
  expect(await readAll(...chunks)).toEqual(values);
});

test('what is no JSON fails', async () => {
  await expect(readAll('{"a":1}\noops\n')).rejects.toThrow(SyntaxError);
});
