import type { StatusReport } from '@roambridge/core';
import type { ChargingState, ConnectorStatus } from '@roambridge/domain';
import { readTexts } from '../any-version/text-members.js';
import { always, type InboundCall, type Route } from '../routing.js';
import { need, note, readInteger, readText, readTime, readWord } from '../validation/read.js';
import type { WireObject } from '../wire.js';

type Ocpp16Status =
  | 'Available'
  | 'Preparing'
  | 'Charging'
  | 'SuspendedEV'
  | 'SuspendedEVSE'
  | 'Finishing'
  | 'Reserved'
  | 'Unavailable'
  | 'Faulted';

/** D1.2: OCPP 1.6 mixes the connector's status with what the vehicle does. */
const MEANING = {
  Available: { status: 'Available' },
  Preparing: { status: 'Occupied', chargingState: 'EVConnected' },
  Charging: { status: 'Occupied', chargingState: 'Charging' },
  SuspendedEV: { status: 'Occupied', chargingState: 'SuspendedEV' },
  SuspendedEVSE: { status: 'Occupied', chargingState: 'SuspendedEVSE' },
  Finishing: { status: 'Occupied', chargingState: 'EVConnected' },
  Reserved: { status: 'Reserved' },
  Unavailable: { status: 'Unavailable' },
  Faulted: { status: 'Faulted' },
} as const satisfies Record<Ocpp16Status, { status: ConnectorStatus; chargingState?: ChargingState }>;

const STATUSES = Object.keys(MEANING) as Ocpp16Status[];

/** StatusNotification (B-008). An unknown status changes nothing (D1.2) and is kept in quarantine. */
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
  const connector = readInteger(payload, 'connectorId', call);
  const connectorId = need(
    connector !== undefined && connector >= 0 ? connector : undefined,
    payload,
    'connectorId',
  );
  const status = need(readWord(payload, 'status', STATUSES, call), payload, 'status', 'value');
  const errorCode = readErrorCode(payload, call);
  return {
    evseId: connectorId,
    // Each connector is an EVSE of its own; connector 0 is the station (D1-010).
    connectorId: connectorId === 0 ? 0 : 1,
    ...MEANING[status],
    rawStatus: status,
    ...(errorCode === undefined ? {} : { errorCode }),
    ...readTexts(payload, { vendorErrorCode: 'vendorErrorCode', info: 'info' }, call),
    // Optional here: without it the status is of now.
    at: payload.timestamp === undefined ? call.receivedAt : readTime(payload, 'timestamp', call),
  };
}

//
function readErrorCode(payload: WireObject, call: InboundCall): string | undefined {
  const code = readText(payload, 'errorCode', call);
  if (code !== 'Error') return code;
  note(call, 'MISSPELLED', '/errorCode');
  return 'OtherError';
}
