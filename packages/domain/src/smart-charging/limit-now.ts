import type { ActiveChargingProfile } from '../roaming/charging-profile.js';
import type { EpochMs } from '../roaming/common.js';

/** The limit of an active profile at a moment, in its unit; undefined where it says nothing about it. */
export function limitAt(active: ActiveChargingProfile, at: EpochMs): number | undefined {
  const seconds = (at - Date.parse(active.start_date_time)) / 1000;
  const { duration, charging_profile_period: periods } = active.charging_profile;
  if (duration !== undefined && seconds >= duration) return undefined;
  return periods.findLast(({ start_period }) => start_period <= Math.max(0, seconds))?.limit;
}

/** D6-022: from this relative change on, a limit counts as a new one. */
const CHANGE_THAT_COUNTS = 0.1;

/** Whether what applies now differs so much that a partner should know at once. */
export function limitChanged(
  before: ActiveChargingProfile,
  after: ActiveChargingProfile,
  at: EpochMs,
): boolean {
  if (before.charging_profile.charging_rate_unit !== after.charging_profile.charging_rate_unit) return true;
  const was = limitAt(before, at);
  const is = limitAt(after, at);
  if (was === undefined || is === undefined) return was !== is;
  return Math.abs(is - was) > CHANGE_THAT_COUNTS * Math.max(was, is);
}
