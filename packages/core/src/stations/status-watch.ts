import type { EpochMs } from '@roambridge/domain';
import type { Background } from '../background.js';
import type { Committer } from '../committer.js';
import { planExpiry, reservationMoments } from '../reservations/plan-reservation.js';
import type { ReservationBillPorts } from '../reservations/reservation-bill.js';
import type { StationAggregate } from './aggregate.js';
import { newPlan } from './plan.js';
import { publishStatus, type StatusPorts, statusFacts } from './publish-status.js';
import type { StationRegistry } from './registry.js';
import { FREE_DESPITE_TRANSACTION_MS, freeSince } from './status-input.js';

/** Looks at a station again when time alone changes its status: reservations, and transactions that left no trace. */
export interface StatusWatch {
  /** Waits for the next such moment; to be called after a commit that may have brought one. */
  watch(station: StationAggregate): void;
}

export function createStatusWatch(
  ports: Omit<ReservationBillPorts, 'settings'> &
    StatusPorts & {
      committer: Committer;
      background: Background;
      registry: () => StationRegistry;
    },
): StatusWatch {
  const { clock } = ports;

  function watch(station: StationAggregate): void {
    station.cancelStatusTimer?.();
    station.cancelStatusTimer = undefined;
    const now = clock.now();
    const ahead = [...reservationMoments(station.reservations), ...transactionMoments(station)].filter(
      (at) => at > now,
    );
    if (ahead.length === 0) return;
    const stationId = station.station.id;
    station.cancelStatusTimer = clock.after(Math.min(...ahead) - now, () => {
      ports.background.persist(() => ports.registry().run(stationId, review), 'status not looked at again', {
        station: stationId,
      });
    });
  }

  async function review(station: StationAggregate): Promise<void> {
    const plan = newPlan(station.station.id);
    planExpiry(ports, plan, station, clock.now());
    publishStatus(plan, station, station.bindings.keys(), statusFacts(station), ports);
    if (plan.reservations.length + plan.evseStatuses.length > 0) await ports.committer.commit(plan);
    watch(station);
  }

  return { watch };
}

// D1-022
function transactionMoments(station: StationAggregate): EpochMs[] {
  return [...station.open.values()].flatMap(({ transaction }) => {
    const since =
      transaction.endedAt === undefined ? freeSince(transaction, station.state.connectors) : undefined;
    return since === undefined ? [] : [since + FREE_DESPITE_TRANSACTION_MS];
  });
}
