import type { Reading } from '@roambridge/core';

/** Where a connector is in the normalized model, in which connectors belong to EVSEs. */
export interface Place {
  evseId: number;
  connectorId: number;
}

/** The quirk of stations with one connector that only report connector 0 (D1-014, Q-72). */
const CONNECTOR_0_AS_1 = 'connector0_as_1';

/**
 * D1-002: each connector is an EVSE of its own with one connector, unless it shares one; then the EVSE has the
 * number of the first of them, and each keeps its own. Connector 0 is the station.
 */
export function placeOf({ evseGroups, quirks }: Reading, connectorId: number): Place {
  if (connectorId === 0) {
    return quirks.includes(CONNECTOR_0_AS_1) ? { evseId: 1, connectorId: 1 } : { evseId: 0, connectorId: 0 };
  }
  const [first] = groupOf(evseGroups, connectorId) ?? [];
  return first === undefined ? { evseId: connectorId, connectorId: 1 } : { evseId: first, connectorId };
}

/** The connector that a place in the normalized model is; the first one of a shared EVSE when none is named. */
export function connectorAt(
  { evseGroups }: Reading,
  evseId: number,
  connectorId: number | undefined,
): number {
  const group = groupOf(evseGroups, evseId);
  return connectorId !== undefined && group?.includes(connectorId) ? connectorId : evseId;
}

function groupOf(evseGroups: Reading['evseGroups'], connectorId: number): readonly number[] | undefined {
  return evseGroups.find((group) => group.length > 1 && group.includes(connectorId));
}
