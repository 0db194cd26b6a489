import {
  chargingState,
  type EpochMs,
  type EvseStatusInput,
  isHeld,
  type Transaction,
  type TransactionOnEvse,
} from '@roambridge/domain';
import type { Reservation } from '../model/reservation.js';
import type { ConnectorState, StationState, WholeState } from '../model/station.js';
import type { Binding } from './aggregate.js';

/** D1-022: how long a transaction outlives the report that its connector is free. */
export const FREE_DESPITE_TRANSACTION_MS = 60_000;

/** What the status of an EVSE depends on at a moment. */
export interface EvseFacts {
  evseId: number;
  now: EpochMs;
  published: Binding['status'];
  state: StationState;
  offline: boolean;
  offlineAs?: 'INOPERATIVE';
  transaction: Transaction | undefined;
  reservations: readonly Reservation[];
}

/** The facts in the words of the domain's status rules (D1-020). */
export function statusInput(facts: EvseFacts): EvseStatusInput {
  const { evseId, now, published, state } = facts;
  const connectors = state.connectors.filter((connector) => connector.evseId === evseId);
  const transaction = transactionInUse(facts.transaction, connectors, now);
  const whole = wholeOf(evseId, connectors, state);
  const overlay = overlayOf(connectors, state);
  return {
    offline: facts.offline,
    ...(facts.offlineAs ? { offlineAs: facts.offlineAs } : {}),
    connectors: connectors.map((connector) => connector.status),
    ...(published === 'PLANNED' || published === 'REMOVED' ? { provisioned: published } : {}),
    ...(whole ? { whole } : {}),
    ...(overlay ? { overlay } : {}),
    ...(isReserved(evseId, facts.reservations, connectors, now) ? { reserved: true } : {}),
    ...(state.occupiedBays?.includes(evseId) ? { bayOccupied: true } : {}),
    ...(transaction ? { transaction: asSeen(transaction, connectors) } : {}),
  };
}

function asSeen(transaction: Transaction, connectors: readonly ConnectorState[]): TransactionOnEvse {
  const current = chargingState(transaction);
  const used = connectors.find(({ connectorId }) => connectorId === transaction.connectorId);
  return {
    authorized: transaction.authorizedAt !== undefined,
    ...(current ? { chargingState: current } : {}),
    ...(transaction.connectedAt === undefined ? {} : { vehicleSeen: true }),
    ...(used ? { connector: used.status } : {}),
  };
}

/** D1-022: a transaction whose connector has been free for a minute is not believed any more. */
function transactionInUse(
  transaction: Transaction | undefined,
  connectors: readonly ConnectorState[],
  now: EpochMs,
): Transaction | undefined {
  if (!transaction) return undefined;
  const since = freeSince(transaction, connectors);
  return since !== undefined && now >= since + FREE_DESPITE_TRANSACTION_MS ? undefined : transaction;
}

/** When the charger said that the connector of an open transaction is free; undefined = it has not since. */
export function freeSince(
  transaction: Transaction,
  connectors: readonly ConnectorState[],
): EpochMs | undefined {
  const lastSign = Math.max(transaction.startedAt, transaction.states.at(-1)?.at ?? 0);
  const own = connectors.filter(
    ({ evseId, connectorId }) =>
      evseId === transaction.evseId &&
      (transaction.connectorId === undefined || connectorId === transaction.connectorId),
  );
  const isFree = own.length > 0 && own.every(({ status, at }) => status === 'Available' && at > lastSign);
  return isFree ? Math.max(...own.map(({ receivedAt }) => receivedAt)) : undefined;
}

// D1-050
function isReserved(
  evseId: number,
  reservations: readonly Reservation[],
  connectors: readonly ConnectorState[],
  now: EpochMs,
): boolean {
  if (reservations.length === 0 || connectors.length === 0) return false;
  const lastReportAt = Math.max(...connectors.map((connector) => connector.receivedAt));
  return reservations.some(
    (reservation) =>
      reservation.evseId === evseId &&
      isHeld({ since: reservation.madeAt, until: reservation.expiresAt }, lastReportAt, now),
  );
}

/** D1-020 rule 3. What was said before a reboot is over as soon as a connector of the EVSE reports after it. */
function wholeOf(evseId: number, connectors: readonly ConnectorState[], state: StationState) {
  const bootedAt = state.boot?.at ?? 0;
  const over = (whole: WholeState) =>
    whole.receivedAt < bootedAt && connectors.some(({ receivedAt }) => receivedAt >= bootedAt);
  const station = state.overall?.outranks ? state.overall : undefined;
  const said = [station, state.evses?.find((evse) => evse.evseId === evseId)].filter(
    (whole) => whole !== undefined && !over(whole),
  );
  return (['Faulted', 'Unavailable'] as const).find((bad) => said.some((whole) => whole?.status === bad));
}

/** D1-011, D1-053: the station's own word, or its silence while it installs, until a connector reports anew. */
function overlayOf(connectors: readonly ConnectorState[], state: StationState) {
  const { overall, installingSince } = state;
  const isNewest = (at: EpochMs) => !connectors.some(({ receivedAt }) => receivedAt > at);
  if (overall && !overall.outranks && isNewest(overall.receivedAt) && overall.status !== 'Available') {
    return overall.status;
  }
  return installingSince !== undefined && isNewest(installingSince) ? 'Unavailable' : undefined;
}
