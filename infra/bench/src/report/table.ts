import type { MultipleRow, Row } from './rows.js';

const HEAD = [
  'mix',
  'stations',
  'server',
  'messages/s',
  'p50 ms',
  'p99 ms',
  'CPU us',
  'DB CPU us',
  'of raw',
  'first bar',
  'goal',
  'reached',
];

/** The result as text; CPU is per message. */
export function tableOf(rows: readonly Row[]): string {
  return aligned([
    HEAD,
    ...rows.map(({ server, mix, stations, figures, ratio, bar, reached }) => [
      mix,
      String(stations),
      server,
      number(figures.messagesPerSecond, 0),
      number(figures.p50Ms, 1),
      number(figures.p99Ms, 1),
      number(figures.serverCpuUs, 0),
      number(figures.databaseCpuUs, 0),
      percent(ratio),
      percent(bar?.first),
      percent(bar?.goal),
      verdict(reached, bar !== undefined && ratio !== undefined && ratio >= bar.goal),
    ]),
  ]);
}

export function multipleTableOf(rows: readonly MultipleRow[]): string {
  if (rows.length === 0) return '';
  return aligned([
    ['what / anchor', 'anchor', 'gateway', 'multiple', 'first bar', 'goal', 'reached'],
    ...rows.map(({ what, anchor, gateway, multiple, bar, reached }) => [
      what,
      number(anchor, 1),
      number(gateway, 1),
      `${number(multiple, 2)} x`,
      `${bar.first} x`,
      `${bar.goal} x`,
      verdict(reached, multiple <= bar.goal),
    ]),
  ]);
}

function verdict(reached: boolean | undefined, goal: boolean): string {
  if (reached === undefined) return '';
  if (goal) return 'goal';
  return reached ? 'yes' : 'NO';
}

export function number(value: number | undefined, digits: number): string {
  if (value === undefined) return '';
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

export function percent(share: number | undefined): string {
  return share === undefined ? '' : `${number(share * 100, 1)} %`;
}

function aligned(lines: readonly string[][]): string {
  const widths: number[] = [];
  for (const line of lines) {
    for (const [at, cell] of line.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
  }
  const text = (line: string[]) =>
    line
      .map((cell, at) =>
        at === 0 || at === 2 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0),
      )
      .join('  ')
      .trimEnd();
  const [head, ...rest] = lines.map(text);
  return [head, '-'.repeat(widths.reduce((sum, width) => sum + width + 2, -2)), ...rest].join('\n');
}
