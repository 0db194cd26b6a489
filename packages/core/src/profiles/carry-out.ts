import { inUnit, merged } from '@roambridge/domain';
import type { SmartChargingLimits } from '../model/charging-profile.js';
import type { CallOptions, CallOutcome, StationRequest } from '../ports/station-link.js';
import { newPlan } from '../stations/plan.js';
import { supplyAt } from './charger-profile.js';
import { openTransaction } from './open-transaction.js';
import type { ProfilePorts } from './profile-ports.js';

type SetProfile = Extract<StationRequest, { kind: 'set-charging-profile' }>;

/**
 * Calls a charger. One that refuses a profile and never said in which units it takes limits is asked, and gets the
 * profile again if it was the unit (D6-003); all of it within the time of one call.
 */
export async function carryOut(
  ports: ProfilePorts,
  stationId: string,
  request: StationRequest,
  options: CallOptions & { timeoutMs: number },
): Promise<CallOutcome> {
  const deadline = ports.clock.now() + options.timeoutMs;
  const outcome = await ports.link().call(stationId, request, options);
  if (request.kind !== 'set-charging-profile' || !isRefused(outcome)) return outcome;
  if (ports.registry().peek(stationId)?.state.smartCharging) return outcome;
  const inTime = () => ({ ...options, timeoutMs: deadline - ports.clock.now() });
  const said = await ports.link().call(stationId, { kind: 'report-smart-charging' }, inTime());
  if (said.kind !== 'result' || !said.smartCharging) return outcome;
  await remember(ports, stationId, said.smartCharging);
  const again = inOtherUnit(ports, stationId, request, said.smartCharging);
  return again ? ports.link().call(stationId, again, inTime()) : outcome;
}

function isRefused(outcome: CallOutcome): boolean {
  return outcome.kind === 'result' && outcome.payload.status !== 'Accepted';
}

function inOtherUnit(
  { registry, settings }: ProfilePorts,
  stationId: string,
  request: SetProfile,
  { units }: SmartChargingLimits,
): SetProfile | undefined {
  const [unit] = units;
  if (unit === undefined || units.includes(request.profile.charging_rate_unit)) return undefined;
  const station = registry().peek(stationId);
  const id = station?.open.get(request.ocppTransactionId)?.transaction.id;
  const record = station && openTransaction(station, id)?.session;
  const profile = record && inUnit(request.profile, unit, supplyAt(record, settings.nominalVoltageV));
  return profile && { ...request, profile };
}

function remember(ports: ProfilePorts, stationId: string, smartCharging: SmartChargingLimits): Promise<void> {
  return ports.registry().run(stationId, async (station) => {
    const state = merged(station.state, { smartCharging });
    const plan = newPlan(stationId);
    plan.stationState = state;
    plan.afterCommit.push(() => {
      station.state = state;
    });
    await ports.committer.commit(plan);
  });
}
