import type { EpochMs } from '@roambridge/domain';
import { stableId } from '../ids.js';
import type { StationState } from '../model/station.js';
import type { Plan } from './plan.js';

/**
 * a station that comes with another version of its protocol is welcome and shown; what it told of itself before
 * was of the other version, so it is asked anew. Some chargers change with every connection: there is one entry.
 */
export function planProtocolChange(
  plan: Plan,
  before: StationState,
  state: StationState,
  now: EpochMs,
): void {
  const { stationId } = plan;
  const { protocol } = state;
  if (before.protocol === undefined || before.protocol === protocol) return;
  delete state.inventoryFor;
  plan.attention.push({
    id: stableId(`protocol:${stationId}`),
    kind: 'protocol-changed',
    subject: stationId,
    stationId,
    message: `${stationId} speaks ${protocol}; before it spoke ${before.protocol}`,
    createdAt: now,
  });
}
