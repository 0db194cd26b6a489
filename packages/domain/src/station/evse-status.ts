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

/** What the open transaction on an EVSE says about it. */
export interface TransactionOnEvse {
  chargingState?: ChargingState;
  authorized: boolean;
  /** A vehicle was there, by its cable or by a sensor. */
  vehicleSeen?: boolean;
  /** Last report about the connector that it uses, where that is known. */
  connector?: ConnectorStatus;
}

export interface EvseStatusInput {
  /** PLANNED and REMOVED are the operator's word and win over everything. */
  provisioned?: 'PLANNED' | 'REMOVED';
  /** Nothing is known of now: the station is away, or has not reported the EVSE since it came back (D1-040). */
  offline: boolean;
  /** What an EVSE without news is told as; absent = UNKNOWN (D1-040). */
  offlineAs?: 'INOPERATIVE';
  /** Last reports of the EVSE's connectors. */
  connectors: readonly ConnectorStatus[];
  /** A report about the EVSE or the station as a whole that counts whatever its connectors say (D1-020 rule 3). */
  whole?: ConnectorStatus;
  /** A report about the station that covers only EVSEs that are free (D1-011). */
  overlay?: ConnectorStatus;
  /** An active reservation holds the EVSE, and its connectors have said nothing since (D1-050). */
  reserved?: boolean;
  /** A sensor says that something stands in the bay. */
  bayOccupied?: boolean;
  /** The open transaction on the EVSE. */
  transaction?: TransactionOnEvse;
}

/** D1-020: status of an EVSE out of what its connectors, its transaction and its station report. */
export function evseStatus(input: EvseStatusInput): EvseStatus {
  if (input.provisioned) return input.provisioned;
  if (input.offline) return input.offlineAs ?? 'UNKNOWN';
  const { transaction } = input;
  const inUse = transaction !== undefined && isInUse(transaction);
  if (input.whole === 'Faulted') return 'OUTOFORDER';
  if (input.whole === 'Unavailable' && !inUse) return 'INOPERATIVE';
  // D1-021: the fault of the only connector, or of the one in use, is the EVSE's, also during a transaction.
  if (input.connectors.length === 1 && input.connectors[0] === 'Faulted') return 'OUTOFORDER';
  if (inUse) return transaction.connector === 'Faulted' ? 'OUTOFORDER' : 'CHARGING';
  const own = byConnectors(input.connectors);
  if (own !== 'AVAILABLE' && own !== 'RESERVED') return own;
  // D1-011: the station's own status covers only EVSEs that nobody uses.
  if (input.overlay === 'Faulted') return 'OUTOFORDER';
  if (input.overlay === 'Unavailable') return 'INOPERATIVE';
  if (own === 'RESERVED') return own;
  if (input.reserved) return 'RESERVED';
  return isBlocked(input) ? 'BLOCKED' : own;
}

// D1-020 rule 4
function isInUse({ authorized, chargingState }: TransactionOnEvse): boolean {
  return authorized || (chargingState !== undefined && VEHICLE_PRESENT.has(chargingState));
}

/** A free connector behind a vehicle that does not charge: a bay sensor says so, or a transaction that it began. */
function isBlocked({ bayOccupied, transaction }: EvseStatusInput): boolean {
  if (!transaction) return bayOccupied === true;
  return transaction.chargingState === 'Idle' && (bayOccupied === true || transaction.vehicleSeen === true);
}

/** D1-020 rules 5 to 10: a connector in use hides its siblings, a faulty one does not (E-13). */
function byConnectors(connectors: readonly ConnectorStatus[]): EvseStatus {
  const own = connectors.map((status) => CONNECTOR_AS_EVSE[status]);
  for (const status of ['CHARGING', 'RESERVED', 'AVAILABLE'] as const) {
    if (own.includes(status)) return status;
  }
  if (own.length > 0 && own.every((status) => status === 'OUTOFORDER')) return 'OUTOFORDER';
  return own.includes('INOPERATIVE') ? 'INOPERATIVE' : 'UNKNOWN';
}
