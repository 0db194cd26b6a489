import type { StatusReport } from '@roambridge/core';
import type { ChargingState, ConnectorStatus } from '@roambridge/domain';
import { always, type InboundCall, type Route } from '../routing.js';
import { need, note, readInteger, readText, readTime, readWord } from '../validation/read.js';
import type { WireObject } from '../wire.js';
import { placeOf } from './place.js';

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

/** D1-012: connector 0 covers free connectors, counts for nothing, or counts whatever the connectors say. */
const IGNORE_CONNECTOR_0 = 'connector0=ignore';
const TRUST_CONNECTOR_0 = 'connector0=authoritative';
/** D1.2: a connector with a cable in it is told as free, for apps that start only what is AVAILABLE. */
const PREPARING_IS_FREE = 'preparing_as=AVAILABLE';

const STATUSES = Object.keys(MEANING) as Ocpp16Status[];

/** StatusNotification (B-008). An unknown status changes nothing (D1.2) and is kept in quarantine. */
export const statusNotification: Route = {
  messageClass: 'billing',
  // The same report again is a report of now: chargers that reconnect may count their ids anew without a boot.
  repeatable: false,
  answersEmpty: always,
  async answer(payload, call) {
    const report = fromWire(payload, call);
    const ignored =
      report.evseId === 0 && call.edge.reading(call.stationId).quirks.includes(IGNORE_CONNECTOR_0);
    if (ignored) await call.edge.journal(call.frame);
    else await call.edge.reportStatus(call.stationId, report, call.frame);
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
  const reading = call.edge.reading(call.stationId);
  const place = placeOf(reading, connectorId);
  const isFree = status === 'Preparing' && reading.quirks.includes(PREPARING_IS_FREE);
  const meaning: { status: ConnectorStatus; chargingState?: ChargingState } = MEANING[status];
  // The members one by one: most of what a charger says without a vehicle are statuses.
  const report: StatusReport = {
    evseId: place.evseId,
    connectorId: place.connectorId,
    status: isFree ? 'Available' : meaning.status,
    rawStatus: status,
    // Optional here: without it the status is of now.
    at: payload.timestamp === undefined ? call.receivedAt : readTime(payload, 'timestamp', call),
  };
  if (meaning.chargingState !== undefined) report.chargingState = meaning.chargingState;
  if (place.evseId === 0 && reading.quirks.includes(TRUST_CONNECTOR_0)) report.outranks = true;
  if (errorCode !== undefined) report.errorCode = errorCode;
  const vendorErrorCode = readText(payload, 'vendorErrorCode', call);
  if (vendorErrorCode !== undefined) report.vendorErrorCode = vendorErrorCode;
  const info = readText(payload, 'info', call);
  if (info !== undefined) report.info = info;
  return report;
}

//
function readErrorCode(payload: WireObject, call: InboundCall): string | undefined {
  const code = readText(payload, 'errorCode', call);
  if (code !== 'Error') return code;
  note(call, 'MISSPELLED', '/errorCode');
  return 'OtherError';
}
