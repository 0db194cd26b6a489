import Big from 'big.js';
import type { Decimal } from '../roaming/common.js';

/** Decimals of the volumes in Sessions and CDRs (OCPI TY-08, D2-049). */
const VOLUME_DECIMALS = 4;
const WH_PER_KWH = 1000;
const MS_PER_HOUR = 3_600_000;

/** `amount` in its OCPI unit of `perUnit`, rounded half to even. */
function volume(amount: number, perUnit: number): Big {
  return new Big(amount).div(perUnit).round(VOLUME_DECIMALS, Big.roundHalfEven);
}

/** Wh as kWh with at most four decimals, half to even (D2-038, D3-003). */
export function kwh(energyWh: number): Big {
  return volume(energyWh, WH_PER_KWH);
}

/** Milliseconds as hours with at most four decimals, half to even (D3-003). */
export function hours(durationMs: number): Big {
  return volume(durationMs, MS_PER_HOUR);
}

/** Energy in kWh as it stands in Sessions and CDRs, e.g. "2.5". */
export function kwhVolume(energyWh: number): Decimal {
  return kwh(energyWh).toFixed();
}

/** A duration in hours as it stands in Sessions and CDRs, e.g. "0.0833". */
export function hoursVolume(durationMs: number): Decimal {
  return hours(durationMs).toFixed();
}
