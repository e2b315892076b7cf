/**
 * Reads a stream of JSON values, one a line. A chunk may hold several lines, or end in the middle of one or of a
 * character. A last line without an end is read too; one that is no JSON fails.
 */
export async function* parseJsonLines(chunks: AsyncIterable<Uint8Array>): AsyncIterable<unknown> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim()) yield JSON.parse(line);
  }
  if (rest.trim()) yield JSON.parse(rest);
}
