import type { ScheduleLimit } from '@roambridge/core';
import type { InboundCall, Route } from '../routing.js';
import { need, readInteger, readNumber, readObject, readObjects, readWord } from '../validation/read.js';
import type { WireObject } from '../wire.js';

/** NotifyEVChargingSchedule: the vehicle says how it will charge (K16); partners hear what that comes to (D6-022). */
export const notifyEvChargingSchedule: Route = {
  messageClass: 'plain',
  repeatable: true,
  async answer(payload, call) {
    const evseId = need(readInteger(payload, 'evseId', call), payload, 'evseId');
    const fits = await call.edge.vehicleSchedule(call.stationId, limitOf(payload, evseId, call), call.frame);
    return { status: fits ? 'Accepted' : 'Rejected' };
  },
};

/** The most that the schedule takes; nothing where it cannot be read. */
function limitOf(payload: WireObject, evseId: number, call: InboundCall): ScheduleLimit {
  const schedule = readObject(payload, 'chargingSchedule', call) ?? {};
  const periods = readObjects(schedule, 'chargingSchedulePeriod', call) ?? [];
  const limits = periods.flatMap((period) => readNumber(period, 'limit', call) ?? []);
  const unit = readWord(schedule, 'chargingRateUnit', ['A', 'W'] as const, call) ?? 'W';
  return { evseId, unit, limit: Math.max(0, ...limits) };
}
