import {
  chargingState,
  type EpochMs,
  type EvseStatusInput,
  evseStatus,
  isHeld,
  type Transaction,
} from '@roambridge/domain';
import type { Reservation } from '../model/reservation.js';
import type { ConnectorState, StationState } from '../model/station.js';
import type { PartnerDirectory } from '../partners/directory.js';
import type { Clock } from '../ports/clock.js';
import { reservationsAfter } from '../reservations/plan-reservation.js';
import type { CoreSettings } from '../settings.js';
import type { StationAggregate } from './aggregate.js';
import type { Plan } from './plan.js';

/** D1-030: that a transaction started is told within this time. */
const START_DELAY_MS = 1_000;

/** What the status of an EVSE depends on, as it will be after the fact. */
export interface StatusFacts {
  state: StationState;
  offline: boolean;
  /** The open transaction on an EVSE, if any. */
  transactionOn(evseId: number): Transaction | undefined;
}

/** The facts as they are now, with what a plan changes put over them. */
export function statusFacts(station: StationAggregate, changes: Partial<StatusFacts> = {}): StatusFacts {
  return {
    state: changes.state ?? station.state,
    offline: changes.offline ?? station.offline,
    transactionOn:
      changes.transactionOn ??
      ((evseId) => {
        for (const { transaction } of station.open.values())
          if (transaction.evseId === evseId && transaction.endedAt === undefined) return transaction;
        return undefined;
      }),
  };
}

/** D1: publishes the status of the given EVSEs where it changed, to every partner that sees the location. */
export function publishStatus(
  plan: Plan,
  station: StationAggregate,
  evseIds: Iterable<number>,
  facts: StatusFacts,
  ports: { partners: PartnerDirectory; clock: Clock; settings: CoreSettings },
): void {
  const now = ports.clock.now();
  const reservations = reservationsAfter(plan, station);
  for (const evseId of evseIds) {
    const binding = station.bindings.get(evseId);
    if (!binding) continue;
    const status = evseStatus(inputFor(evseId, binding.status, facts, reservations, now));
    if (status === binding.status) continue;
    // D1-023: strictly increasing, the gateway's own clock.
    const lastUpdated = Math.max(now, binding.lastUpdated + 1);
    plan.evseStatuses.push({ stationId: station.station.id, evseId, status, lastUpdated });
    const { country_code, party_id, id } = binding.location;
    for (const partner of ports.partners.audienceOf(binding.location)) {
      plan.dirty.push({
        partnerId: partner.id,
        kind: 'evse',
        key: `${country_code}/${party_id}/${id}/${binding.evseUid}`,
        dueAt: now + ports.settings.pushLingerMs,
        // D1-030: the first change is told at once, what follows shortly after is collected; a start hardly waits.
        minIntervalMs:
          status === 'CHARGING' && facts.transactionOn(evseId)
            ? Math.min(START_DELAY_MS, ports.settings.statusDebounceMs)
            : ports.settings.statusDebounceMs,
      });
    }
    plan.afterCommit.push(() => {
      binding.status = status;
      binding.lastUpdated = lastUpdated;
    });
  }
}

function inputFor(
  evseId: number,
  published: string,
  facts: StatusFacts,
  reservations: readonly Reservation[],
  now: EpochMs,
): EvseStatusInput {
  const connectors = facts.state.connectors.filter((connector) => connector.evseId === evseId);
  const transaction = facts.transactionOn(evseId);
  const state = transaction && chargingState(transaction);
  const overall = overallFor(connectors, facts.state);
  return {
    offline: facts.offline,
    connectors: connectors.map((connector) => connector.status),
    ...(published === 'PLANNED' || published === 'REMOVED' ? { provisioned: published } : {}),
    ...(overall ? { overall } : {}),
    ...(isReserved(evseId, reservations, connectors, now) ? { reserved: true } : {}),
    ...(transaction
      ? {
          transaction: {
            authorized: transaction.authorizedAt !== undefined,
            ...(state ? { chargingState: state } : {}),
          },
        }
      : {}),
  };
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

/** D1-011: the station's own status counts until a connector reports a newer one. */
function overallFor(connectors: ConnectorState[], state: StationState) {
  const overall = state.overall;
  if (!overall) return undefined;
  return connectors.some((connector) => connector.at > overall.at) ? undefined : overall.status;
}
