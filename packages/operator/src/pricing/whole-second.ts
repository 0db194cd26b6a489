import type { EpochMs } from '@roambridge/domain';

const MS_PER_SECOND = 1000;

/** The second of an accepted date and time: prices do not count fractions of one (OCPI TA-40). */
export function wholeSecond(text: string): EpochMs {
  return Math.floor(Date.parse(text) / MS_PER_SECOND) * MS_PER_SECOND;
}

/** kWh as Wh to the precision of registers. */
export function kwhToWh(kwh: number): number {
  return Math.round(kwh * 1_000_000) / 1000;
}
