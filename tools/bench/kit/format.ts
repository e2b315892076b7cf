/** A benchmark's rows for a person: a table, with missed bars plain to see. */
import type { Bar, Row } from './row.ts';

const number = (value: number): string =>
  Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);

const formatBar = (bar: Bar | undefined): string =>
  !bar ? '' : 'atLeast' in bar ? `>= ${bar.atLeast}` : `<= ${bar.atMost}`;

const cells = ({ what, value, spread, unit, baseline, ratio, bar, holds }: Row): string[] => [
  what,
  `${number(value)} [${spread.map(number).join(' - ')}] ${unit}`,
  baseline === undefined ? '' : number(baseline),
  ratio === undefined ? '' : ratio.toFixed(2),
  formatBar(bar),
  holds === undefined ? '' : holds ? 'holds' : 'MISSED',
];

/** Rows as aligned text. */
export function formatRows(rows: readonly Row[]): string {
  const table = [['what', 'median [min - max]', 'baseline', 'ratio', 'bar', ''], ...rows.map(cells)];
  const widths = table[0]!.map((_cell, column) => Math.max(...table.map((line) => line[column]!.length)));
  return table
    .map((line) =>
      line
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
