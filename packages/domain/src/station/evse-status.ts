import type { EvseStatus } from '../roaming/location.js';
import type { ChargingState, ConnectorStatus } from './status.js';

/** D1.2, D1.3: a connector's own status in OCPI words. */
const CONNECTOR_AS_EVSE = {
  Available: 'AVAILABLE',
  Occupied: 'CHARGING',
  Reserved: 'RESERVED',
  Unavailable: 'INOPERATIVE',
  Faulted: 'OUTOFORDER',
} as const satisfies Record<ConnectorStatus, EvseStatus>;

/** States of a transaction in which the EVSE is in use even before a token was accepted. */
const VEHICLE_PRESENT: ReadonlySet<ChargingState> = new Set([
  'EVConnected',
  'Charging',
  'SuspendedEV',
  'SuspendedEVSE',
]);

export interface EvseStatusInput {
  /** PLANNED and REMOVED are the operator's word and win over everything. */
  provisioned?: 'PLANNED' | 'REMOVED';
  /** The station has been away for longer than the grace period (D1-040). */
  offline: boolean;
  /** Last reports of the EVSE's connectors. */
  connectors: readonly ConnectorStatus[];
  /** Last report about the station as a whole, if it is newer than the connectors' or covers them. */
  overall?: ConnectorStatus;
  /** An active reservation holds the EVSE, and its connectors have said nothing since (D1-050). */
  reserved?: boolean;
  /** The open transaction on the EVSE. */
  transaction?: { chargingState?: ChargingState; authorized: boolean };
}

/** D1-020: status of an EVSE out of what its connectors, its transaction and its station report. */
export function evseStatus(input: EvseStatusInput): EvseStatus {
  if (input.provisioned) return input.provisioned;
  if (input.offline) return 'UNKNOWN';
  const own = input.connectors.map((status) => CONNECTOR_AS_EVSE[status]);
  const transaction = input.transaction;
  const inUse =
    transaction !== undefined &&
    (transaction.authorized ||
      (transaction.chargingState !== undefined && VEHICLE_PRESENT.has(transaction.chargingState)));
  // D1-021: with a single connector its fault is the EVSE's fault, also during a transaction.
  if (own.length === 1 && own[0] === 'OUTOFORDER') return 'OUTOFORDER';
  // D1-011: the station's own status covers only EVSEs that nobody uses.
  if (!inUse && own.every((status) => status === 'AVAILABLE' || status === 'RESERVED')) {
    if (own.length > 0 && input.overall === 'Faulted') return 'OUTOFORDER';
    if (own.length > 0 && input.overall === 'Unavailable') return 'INOPERATIVE';
  }
  if (inUse) return 'CHARGING';
  if (own.includes('CHARGING')) return 'CHARGING';
  if (own.includes('RESERVED')) return 'RESERVED';
  if (own.includes('AVAILABLE')) return input.reserved ? 'RESERVED' : 'AVAILABLE';
  if (own.length > 0 && own.every((status) => status === 'OUTOFORDER')) return 'OUTOFORDER';
  return own.includes('INOPERATIVE') ? 'INOPERATIVE' : 'UNKNOWN';
}
