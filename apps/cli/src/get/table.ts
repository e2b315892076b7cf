/** A table that can grow: later rows keep the widths of those before, and widen them where they must. */
export interface Table {
  /** The lines of more rows. */
  format(rows: readonly (readonly string[])[]): string;
}

/** Makes a table with kubectl's form: columns three spaces apart, no borders. An empty cell is <none>. */
export function createTable(heads: readonly string[] | undefined): Table {
  let widths: readonly number[] = [];
  let isFirst = true;
  return {
    format(rows) {
      const cells = rows.map((row) => row.map((cell) => cell || '<none>'));
      const lines = isFirst && heads ? [heads, ...cells] : cells;
      isFirst = false;
      widths = lines.reduce<readonly number[]>(
        (known, line) => line.map((cell, i) => Math.max(cell.length, known[i] ?? 0)),
        widths,
      );
      return lines.map((line) => `${formatLine(line, widths)}\n`).join('');
    },
  };
}

const formatLine = (cells: readonly string[], widths: readonly number[]): string =>
  cells
    .map((cell, i) => cell.padEnd(widths[i] ?? 0))
    .join('   ')
    .trimEnd();
