import { CliError } from './cli-error.js';
import type { OperatorApi, Row } from './operator-api.js';
import { rows } from './operator-api.js';

const PAGE_LIMIT = 100;
/** OCPI amounts have four decimals; sums are made of whole ten-thousandths. */
const SCALE = 10_000;

/** Sums of one currency. */
export interface Totals {
  currency: string;
  sessions: number;
  billed: number;
  whatIf: number;
  difference: number;
}

export interface WhatIfResult {
  from: string;
  to: string;
  sessions: Row[];
  totals: Totals[];
  /** Sessions that one of the tariffs does not price; they are in no sum. */
  notCompared: number;
}

/** The last whole calendar month, in UTC. */
export function lastMonth(now: Date): { from: string; to: string } {
  const at = (months: number) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 1))
      .toISOString()
      .replace('.000Z', 'Z');
  return { from: at(-1), to: at(0) };
}

/** Prices the sessions of a span of time by another tariff. */
export async function whatIf(
  api: OperatorApi,
  tariff: Row,
  span: { from: string; to: string },
): Promise<WhatIfResult> {
  const sessions: Row[] = [];
  let cursor: unknown;
  do {
    const query = new URLSearchParams({ limit: String(PAGE_LIMIT) });
    if (typeof cursor === 'string') query.set('cursor', cursor);
    const page = await api.send('POST', `/tariffs/what-if?${query}`, { tariff, ...span });
    sessions.push(...rows(page.items));
    cursor = page.next_cursor;
  } while (typeof cursor === 'string');
  return { ...span, sessions, ...sumUp(sessions) };
}

function sumUp(sessions: readonly Row[]): Pick<WhatIfResult, 'totals' | 'notCompared'> {
  const sums = new Map<string, { sessions: number; billed: number; whatIf: number }>();
  let notCompared = 0;
  for (const session of sessions) {
    const billed = amountOf(session.billed);
    const other = amountOf(session.what_if);
    if (!billed || !other || billed.currency !== other.currency) {
      notCompared += 1;
      continue;
    }
    const sum = sums.get(billed.currency) ?? { sessions: 0, billed: 0, whatIf: 0 };
    sum.sessions += 1;
    sum.billed += billed.scaled;
    sum.whatIf += other.scaled;
    sums.set(billed.currency, sum);
  }
  const totals = [...sums].map(([currency, sum]) => ({
    currency,
    sessions: sum.sessions,
    billed: sum.billed / SCALE,
    whatIf: sum.whatIf / SCALE,
    difference: (sum.whatIf - sum.billed) / SCALE,
  }));
  return { totals, notCompared };
}

function amountOf(value: unknown): { currency: string; scaled: number } | undefined {
  const [priced] = rows([value]);
  if (!priced) return undefined;
  const [price] = rows([priced.total_cost]);
  if (!price || typeof price.excl_vat !== 'number')
    throw new CliError('The answer has a price without an amount.');
  return { currency: String(priced.currency), scaled: Math.round(price.excl_vat * SCALE) };
}

/** The sums in words. */
export function totalsText({ from, to, totals, notCompared }: WhatIfResult): string {
  const lines = totals.map(({ currency, sessions, billed, whatIf: other, difference }) => {
    const sign = difference > 0 ? '+' : '';
    const share = billed === 0 ? '' : `, ${sign}${((difference / billed) * 100).toFixed(1)} %`;
    return `${sessions} sessions: billed ${billed} ${currency}, with this tariff ${other} ${currency} (${sign}${difference}${share}), without taxes`;
  });
  if (lines.length === 0) lines.push('no session can be compared');
  if (notCompared > 0) lines.push(`${notCompared} sessions are not compared`);
  return [`${from} to ${to}`, ...lines].join('\n');
}
