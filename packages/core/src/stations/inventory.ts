import type { EpochMs } from '@roambridge/domain';
import { stableId } from '../ids.js';
import type { ConnectorState, StationState } from '../model/station.js';
import type { Binding, StationAggregate } from './aggregate.js';
import type { Plan } from './plan.js';

/** D1-004: connectors that a station reports and no location has are shown to the operator, and not published. */
export function planInventory(
  plan: Plan,
  station: StationAggregate,
  state: StationState,
  now: EpochMs,
): void {
  const { id } = station.station;
  const unknown = state.connectors.filter(({ evseId, connectorId }) => {
    const binding = station.bindings.get(evseId);
    return !binding || !hasConnector(binding, connectorId);
  });
  const names = unknown.map(nameOf).join(', ');
  if (names === station.inventoryDrift) return;
  plan.afterCommit.push(() => {
    station.inventoryDrift = names;
  });
  // Nothing was ever said of it.
  if (names === '' && station.inventoryDrift === undefined) return;
  plan.attention.push({
    id: stableId(`inventory:${id}`),
    kind: 'connector-without-location',
    subject: id,
    stationId: id,
    message:
      names === ''
        ? `every connector of ${id} is in a location`
        : `${id} reports ${names}: no location has it`,
    createdAt: now,
    ...(names === '' ? { resolvedAt: now } : {}),
  });
}

/** The connectors of an EVSE as its charger counts them. */
export function connectorsOf(binding: Binding): number[] {
  const evse = binding.location.evses.find(({ uid }) => uid === binding.evseUid);
  return (evse?.connectors ?? []).map(({ ocpp }, index) => ocpp?.connector_id ?? index + 1);
}

function hasConnector(binding: Binding, connectorId: number): boolean {
  return connectorsOf(binding).includes(connectorId);
}

export function nameOf({ evseId, connectorId }: Pick<ConnectorState, 'evseId' | 'connectorId'>): string {
  return connectorId === 1 ? `EVSE ${evseId}` : `EVSE ${evseId} connector ${connectorId}`;
}
