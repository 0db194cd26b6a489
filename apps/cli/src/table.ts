import type { Row } from './operator-api.js';

const MAX_CELL_CHARS = 80;
// biome-ignore lint/suspicious/noControlCharactersInRegex: a charger must not steer the terminal
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Title of a column and what stands in it. */
export type Column = readonly [title: string, value: (row: Row) => unknown];

/** Text of a value that is safe on a terminal; empty for what is absent. */
export function cellText(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.replace(CONTROL_CHARACTERS, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** Rows as an aligned table with a title line. */
export function tableText(columns: readonly Column[], rows: Row[]): string {
  if (rows.length === 0) return '(none)';
  const lines = [
    columns.map(([title]) => title.toUpperCase()),
    ...rows.map((row) => columns.map(([, value]) => shorten(cellText(value(row))))),
  ];
  const widths = columns.map((_column, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Members of one object, a line each. */
export function detailText(row: Row): string {
  const names = Object.keys(row);
  const width = Math.max(0, ...names.map((name) => name.length));
  return names.map((name) => `${name.padEnd(width)}  ${cellText(row[name])}`).join('\n');
}

function shorten(text: string): string {
  return text.length > MAX_CELL_CHARS ? `${text.slice(0, MAX_CELL_CHARS - 1)}…` : text;
}
