import type { FrameView } from '../api/views.js';

/** A text that a spreadsheet would calculate. */
const FORMULA = /^[\s]*[=+\-@\t\r|]/;

const COLUMNS = [
  'at',
  'direction',
  'message_type',
  'action',
  'message_id',
  'verdict',
  'anomalies',
  'latency_ms',
  'correlation_id',
  'raw',
] as const satisfies readonly (keyof FrameView)[];

/** One frame a line, oldest first: what `cli replay` reads. */
export function asLines(frames: readonly FrameView[]): string {
  return frames
    .toReversed()
    .map((frame) => `${JSON.stringify(frame)}\n`)
    .join('');
}

/** A table of frames, oldest first. What a charger wrote is text in it, whatever it looks like. */
export function asTable(frames: readonly FrameView[]): string {
  const rows = frames.toReversed().map((frame) => COLUMNS.map((column) => cell(frame[column])));
  return [COLUMNS, ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}

function cell(value: unknown): string {
  const text = Array.isArray(value)
    ? value.join(' ')
    : value === null || value === undefined
      ? ''
      : String(value);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Gives a file to the browser. */
export function save(name: string, type: string, content: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), REVOKE_AFTER_MS);
}

const REVOKE_AFTER_MS = 10_000;
