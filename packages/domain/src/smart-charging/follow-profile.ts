import type { MeterSample } from '../metering/normalize.js';
import type { ActiveChargingProfile, ChargingRateUnit } from '../roaming/charging-profile.js';
import type { EpochMs } from '../roaming/common.js';
import { limitAt } from './limit-now.js';
import type { Supply } from './supply.js';

/** Chargers round limits to their own steps: up to this above the limit is the limit. */
const ROUNDING = 0.01;
const ROUNDING_FLOOR = 0.1;

/** D6-040: what is metered may be so much above the limit. */
const METERED_TOLERANCE = 0.1;
/** What a vehicle that pauses still takes. */
const PAUSED: Readonly<Record<ChargingRateUnit, number>> = { A: 0.5, W: 350 };

/** A vehicle follows a new limit within this time (IEC 61851 allows 5 s, a charger's own steps come on top). */
export const RAMP_MS = 30_000;

/**
 * Whether what a charger applies from `from` on never is above what it was asked to (D6-040). Both in the same unit; of
 * what only one of them speaks, nothing is known.
 */
export function staysWithin(
  active: ActiveChargingProfile,
  asked: ActiveChargingProfile,
  from: EpochMs,
): boolean {
  return moments(active, asked, from).every((at) => {
    const applied = limitAt(active, at);
    const limit = limitAt(asked, at);
    if (applied === undefined || limit === undefined) return true;
    return applied <= limit * (1 + ROUNDING) + ROUNDING_FLOOR;
  });
}

/** Whether two active profiles have the same limits wherever both say one, from `from` on. */
export function sameLimits(a: ActiveChargingProfile, b: ActiveChargingProfile, from: EpochMs): boolean {
  if (a.charging_profile.charging_rate_unit !== b.charging_profile.charging_rate_unit) return false;
  return moments(a, b, from).every((at) => {
    const [left, right] = [limitAt(a, at), limitAt(b, at)];
    return left === undefined || right === undefined || left === right;
  });
}

/** Whether a profile still limits something at `at` or later. */
export function limitsFrom(profile: ActiveChargingProfile, at: EpochMs): boolean {
  return moments(profile, profile, at).some((moment) => limitAt(profile, moment) !== undefined);
}

/**
 * What was metered, in the unit of the limits, where it is more than a tenth above them (D6-040); undefined where it is
 * not, or where nobody can tell.
 */
export function excessOf(
  { at, powerW, currentA, currentMaxPhaseA }: MeterSample,
  asked: ActiveChargingProfile,
  { phases, voltageV }: Supply,
): { metered: number; limit: number; unit: ChargingRateUnit } | undefined {
  const unit = asked.charging_profile.charging_rate_unit;
  const limits = [limitAt(asked, at), limitAt(asked, at - RAMP_MS)];
  const [now, before] = limits;
  if (now === undefined) return undefined;
  const limit = Math.max(now, before ?? now);
  const perPhaseA =
    currentMaxPhaseA ??
    (phases === undefined || powerW === undefined ? undefined : powerW / (voltageV * phases));
  const totalW = powerW ?? (phases === undefined || currentA === undefined ? undefined : currentA * voltageV);
  const metered = unit === 'A' ? perPhaseA : totalW;
  if (metered === undefined || metered <= limit * (1 + METERED_TOLERANCE) + PAUSED[unit]) return undefined;
  return { metered, limit, unit };
}

/** The moments from `from` on at which one of them may change. */
function moments(a: ActiveChargingProfile, b: ActiveChargingProfile, from: EpochMs): EpochMs[] {
  const starts = [a, b].flatMap(({ start_date_time, charging_profile }) =>
    charging_profile.charging_profile_period.map(
      ({ start_period }) => Date.parse(start_date_time) + start_period * 1000,
    ),
  );
  return [from, ...starts.filter((at) => at > from)];
}
