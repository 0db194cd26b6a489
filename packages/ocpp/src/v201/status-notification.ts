import type { StatusReport } from '@roambridge/core';
import type { ConnectorStatus } from '@roambridge/domain';
import { always, type InboundCall, type Route } from '../routing.js';
import { need, note, readInteger, readTime, readWord } from '../validation/read.js';
import type { WireObject } from '../wire.js';

/** The words for a connector, which are also those of AvailabilityState. */
export const CONNECTOR_STATUSES = Object.keys({
  Available: true,
  Occupied: true,
  Reserved: true,
  Unavailable: true,
  Faulted: true,
} satisfies Record<ConnectorStatus, true>) as ConnectorStatus[];

/** StatusNotification (C-070). */
export const statusNotification: Route = {
  messageClass: 'billing',
  // The same report again is a report of now: chargers that reconnect may count their ids anew without a boot.
  repeatable: false,
  answersEmpty: always,
  async answer(payload, call) {
    await call.edge.reportStatus(call.stationId, fromWire(payload, call), call.frame);
    return {};
  },
};

function fromWire(payload: WireObject, call: InboundCall): StatusReport {
  const evse = readInteger(payload, 'evseId', call);
  const evseId = need(evse !== undefined && evse >= 0 ? evse : undefined, payload, 'evseId');
  const status = need(
    readWord(payload, 'connectorStatus', CONNECTOR_STATUSES, call),
    payload,
    'connectorStatus',
    'value',
  );
  return {
    evseId,
    connectorId: connectorOf(evseId, payload, call),
    status,
    rawStatus: status,
    at: readTime(payload, 'timestamp', call),
    ...(evseId === 0 ? { outranks: true } : {}),
  };
}

// EVSE 0 is the station; an EVSE whose connector is not named has one.
function connectorOf(evseId: number, payload: WireObject, call: InboundCall): number {
  if (evseId === 0) return 0;
  const connectorId = readInteger(payload, 'connectorId', call);
  if (connectorId !== undefined && connectorId > 0) return connectorId;
  note(call, 'CONNECTOR_ASSUMED', '/connectorId');
  return 1;
}
