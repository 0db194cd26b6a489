const MS_PER_HOUR = 3_600_000;

/** Headroom over the connector's power: meters and clocks are not exact (D2-036). */
const POWER_MARGIN = 1.1;
const ENERGY_MARGIN_WH = 500;

/** Chargers tell whole seconds: a session may have been this much longer than it says. */
const TIME_MARGIN_MS = 1_000;

/**
 * Whether a session claims more energy than its connector can have delivered, or less than none (D2-036).
 * `maxPowerW` is the power of the connector in W, `durationMs` the length of the session.
 */
export function implausibleEnergy(input: {
  energyWh: number;
  maxPowerW: number;
  durationMs: number;
}): boolean {
  const { energyWh, maxPowerW, durationMs } = input;
  const lengthMs = Math.max(0, durationMs) + TIME_MARGIN_MS;
  const limitWh = (POWER_MARGIN * maxPowerW * lengthMs) / MS_PER_HOUR + ENERGY_MARGIN_WH;
  return energyWh < 0 || energyWh > limitWh;
}
