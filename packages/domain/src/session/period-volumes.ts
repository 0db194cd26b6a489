import Big from 'big.js';
import type { Decimal } from '../roaming/common.js';

/** Decimals of the volumes in Sessions and CDRs (OCPI TY-08, D2-049). */
const VOLUME_DECIMALS = 4;
/** Multiplied and not divided by: that is four times as quick and no less exact. */
const KWH_PER_WH = new Big('0.001');
const MS_PER_HOUR = 3_600_000;

function rounded(volume: Big): Big {
  return volume.round(VOLUME_DECIMALS, Big.roundHalfEven);
}

/** Wh as kWh with at most four decimals, half to even (D2-038, D3-003). */
export function kwh(energyWh: number): Big {
  return rounded(KWH_PER_WH.times(energyWh));
}

/** Milliseconds as hours with at most four decimals, half to even (D3-003). */
export function hours(durationMs: number): Big {
  return rounded(new Big(durationMs).div(MS_PER_HOUR));
}

/** Energy in kWh as it stands in Sessions and CDRs, e.g. "2.5". */
export function kwhVolume(energyWh: number): Decimal {
  return kwh(energyWh).toFixed();
}

/** A duration in hours as it stands in Sessions and CDRs, e.g. "0.0833". */
export function hoursVolume(durationMs: number): Decimal {
  return hours(durationMs).toFixed();
}
