import type { EpochMs } from '../roaming/common.js';
import type { MeterValue, SignedMeterValue } from '../station/identity.js';

/** A legal container with the place in the session that the charger gave it. */
export interface SignedReading {
  at: EpochMs;
  /** OCPP ReadingContext. */
  context: string;
  value: SignedMeterValue;
}

/** Containers kept of one transaction: the first, and the newest ones. */
const MAX_READINGS = 64;
/** No CDR carries a longer one; it stays in the record of its event. */
const MAX_CONTAINER_CHARS = 20_000;

/** Adds the containers of meter values to those known; a repeated one is known already. */
export function withSignedReadings(
  known: readonly SignedReading[] | undefined,
  meterValues: readonly MeterValue[],
): readonly SignedReading[] | undefined {
  let readings = known;
  for (const { at, sampledValues } of meterValues) {
    for (const { signed, context } of sampledValues) {
      if (signed === undefined || signed.data.length > MAX_CONTAINER_CHARS) continue;
      if (readings?.some(({ value }) => value.data === signed.data)) continue;
      const added = [...(readings ?? []), { at, context: context || 'Sample.Periodic', value: signed }];
      // Whatever the order of arrival, the same containers make the same record.
      added.sort((a, b) => a.at - b.at);
      const surplus = added.length - MAX_READINGS;
      readings = surplus > 0 ? [...added.slice(0, 1), ...added.slice(1 + surplus)] : added;
    }
  }
  return readings;
}
