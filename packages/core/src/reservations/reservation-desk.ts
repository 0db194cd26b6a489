import type { Committer } from '../committer.js';
import { randomUUID } from '../ids.js';
import type { FrameRecord } from '../model/journal.js';
import type { Reservation, ReservationReport } from '../model/reservation.js';
import type { CallOutcome, StationRequest } from '../ports/station-link.js';
import type { StationAggregate } from '../stations/aggregate.js';
import { newPlan, type Plan } from '../stations/plan.js';
import { publishStatus, type StatusPorts, statusFacts } from '../stations/publish-status.js';
import type { StationRegistry } from '../stations/registry.js';
import type { StatusWatch } from '../stations/status-watch.js';
import { planReservation, planReservationEnd } from './plan-reservation.js';
import type { ReservationBillPorts } from './reservation-bill.js';

export interface ReservationPorts extends StatusPorts, Omit<ReservationBillPorts, 'settings'> {
  committer: Committer;
  statusWatch: StatusWatch;
  registry: () => StationRegistry;
}

/** Keeps the reservations of stations: made, cancelled, told to be over. All but `answered` run in the station's queue. */
export interface ReservationDesk {
  /** A charger answered a request of the operator. Any other request than those about reservations is ignored. */
  answered(stationId: string, request: StationRequest | undefined, outcome: CallOutcome): Promise<void>;
  /** Plans a reservation that the charger accepted. One with the same number at the station is replaced (H01.FR.02). */
  planMade(plan: Plan, station: StationAggregate, made: Omit<Reservation, 'status'>): void;
  /** A charger says what became of a reservation. */
  reported(station: StationAggregate, report: ReservationReport, frame: FrameRecord): Promise<void>;
  /** Commits a plan that changes reservations, with the status of their EVSEs. */
  commit(plan: Plan, station: StationAggregate): Promise<void>;
}

export function createReservationDesk(ports: ReservationPorts): ReservationDesk {
  const { clock, committer } = ports;

  async function commit(plan: Plan, station: StationAggregate): Promise<void> {
    const evseIds = new Set([...station.reservations, ...plan.reservations].flatMap((r) => r.evseId ?? []));
    publishStatus(plan, station, evseIds, statusFacts(station), ports);
    await committer.commit(plan);
    ports.statusWatch.watch(station);
  }

  function planMade(plan: Plan, station: StationAggregate, made: Omit<Reservation, 'status'>): void {
    const before = byNumber(station, made.reservationId);
    planReservation(plan, station, { ...made, id: before?.id ?? made.id, status: 'active' });
  }

  return {
    async answered(stationId, request, outcome) {
      if (outcome.kind !== 'result') return;
      const accepted = outcome.payload.status === 'Accepted';
      if (request?.kind === 'reserve-now') {
        const { kind: _, ...asked } = request;
        const reservation = { ...asked, id: randomUUID(), stationId, madeAt: clock.now() };
        await ports.registry().run(stationId, (station) => {
          const plan = newPlan(stationId);
          if (accepted) planMade(plan, station, reservation);
          else plan.reservations.push({ ...reservation, status: 'rejected' });
          return commit(plan, station);
        });
      }
      if (request?.kind === 'cancel-reservation') {
        await ports.registry().run(stationId, async (station) => {
          const known = byNumber(station, request.reservationId);
          if (!known) return;
          const plan = newPlan(stationId);
          // D5-046: one that the charger does not know is over as well.
          planReservationEnd(ports, plan, station, known, { status: 'cancelled', at: clock.now() });
          await commit(plan, station);
        });
      }
    },
    planMade,
    async reported(station, report, frame) {
      const plan = newPlan(station.station.id, frame);
      const known = byNumber(station, report.reservationId);
      if (known) planReservationEnd(ports, plan, station, known, { status: report.status, at: clock.now() });
      await commit(plan, station);
    },
    commit,
  };
}

function byNumber(station: StationAggregate, reservationId: number): Reservation | undefined {
  return station.reservations.find((reservation) => reservation.reservationId === reservationId);
}
