import { numberOf } from '@roambridge/sim-emsp';
import { totalOf } from './money.js';
import { table } from './narrative.js';
import type { PairResult } from './pairs.js';

const OCPP_NAMES = { 'ocpp1.6': '1.6J', 'ocpp2.0.1': '2.0.1', 'ocpp2.1': '2.1' } as const;

/** Amounts are shown as they were delivered, so that every row adds up. */
const DECIMALS = 4;

/** The table of the pairs with what was billed, and how many CDRs have arrived. */
export function summary(results: readonly PairResult[]): string[] {
  const delivered = results.filter((result) => result.cdr !== undefined).length;
  return [
    ...table([
      ['Charger', 'OCPP', 'eMSP', 'OCPI', 'Started by', 'Energy', 'Excl. VAT', 'VAT', 'Incl. VAT', 'CDR'],
      ...results.map(row),
    ]),
    '',
    `${delivered} of ${results.length} first CDRs delivered`,
  ];
}

function row({ station, partner, how, cdr }: PairResult): string[] {
  const { version, party } = partner.emsp;
  const head = [
    station.id,
    OCPP_NAMES[station.protocol],
    `${party.country_code}*${party.party_id}`,
    version,
    how,
  ];
  if (!cdr) return [...head, '-', '-', '-', '-', 'missing'];
  const price = totalOf(cdr, version);
  const amount = (value: number | undefined) =>
    value === undefined || !price ? '-' : `${Number(value.toFixed(DECIMALS))} ${price.currency}`;
  const vat = price?.gross === undefined ? undefined : price.gross - price.net;
  return [
    ...head,
    `${(numberOf(cdr, 'total_energy') ?? 0).toFixed(3)} kWh`,
    amount(price?.net),
    amount(vat),
    amount(price?.gross),
    'delivered',
  ];
}
