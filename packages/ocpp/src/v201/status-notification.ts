import type { StatusReport } from '@roambridge/core';
import type { ConnectorStatus } from '@roambridge/domain';
import { always, type InboundCall, type Route } from '../routing.js';
import { need, note, readInteger, readTime, readWord } from '../validation/read.js';
import type { WireObject } from '../wire.js';

const STATUSES = Object.keys({
  Available: true,
  Occupied: true,
  Reserved: true,
  Unavailable: true,
  Faulted: true,
} satisfies Record<ConnectorStatus, true>) as ConnectorStatus[];

/** StatusNotification (C-070). */
export const statusNotification: Route = {
  messageClass: 'billing',
  repeatable: true,
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
    readWord(payload, 'connectorStatus', STATUSES, call),
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
