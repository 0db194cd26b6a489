import type { EpochMs } from '@roambridge/domain';
import { RESERVATION_OWN_WORD_MS } from '@roambridge/domain';
import type { Background } from '../background.js';
import type { Committer } from '../committer.js';
import { randomUUID } from '../ids.js';
import type { FrameRecord } from '../model/journal.js';
import type { Reservation, ReservationReport } from '../model/reservation.js';
import type { PartnerDirectory } from '../partners/directory.js';
import type { Clock } from '../ports/clock.js';
import type { CallOutcome, StationRequest } from '../ports/station-link.js';
import type { CoreSettings } from '../settings.js';
import type { StationAggregate } from '../stations/aggregate.js';
import { newPlan, type Plan } from '../stations/plan.js';
import { publishStatus, statusFacts } from '../stations/publish-status.js';
import type { StationRegistry } from '../stations/registry.js';
import { planReservation, planReservationEnd } from './plan-reservation.js';

/** D5-045: a reservation whose charger does not say that it ran out counts as expired this long after its time. */
const EXPIRY_GRACE_MS = 60_000;

export interface ReservationPorts {
  clock: Clock;
  committer: Committer;
  background: Background;
  partners: PartnerDirectory;
  settings: CoreSettings;
  registry: () => StationRegistry;
}

/** Keeps the reservations of stations: made, used, cancelled, run out. All but `answered` run in the station's queue. */
export interface ReservationDesk {
  /** A charger answered a request of the operator. Any other request than those about reservations is ignored. */
  answered(stationId: string, request: StationRequest | undefined, outcome: CallOutcome): Promise<void>;
  /**
   * Plans a reservation that the charger accepted. One with the same number at the station is replaced (H01.FR.02).
   * `watch` must follow the commit.
   */
  planMade(plan: Plan, station: StationAggregate, made: Omit<Reservation, 'status'>): void;
  /** A charger says what became of a reservation. */
  reported(station: StationAggregate, report: ReservationReport, frame: FrameRecord): Promise<void>;
  /** Waits for the next moment at which a reservation of the station changes something. */
  watch(station: StationAggregate): void;
}

export function createReservationDesk(ports: ReservationPorts): ReservationDesk {
  const { clock, committer } = ports;

  function watch(station: StationAggregate): void {
    station.cancelReservationTimer?.();
    delete station.cancelReservationTimer;
    const next = nextMoment(station.reservations, clock.now());
    if (next === undefined) return;
    const stationId = station.station.id;
    station.cancelReservationTimer = clock.after(next - clock.now(), () => {
      ports.background.persist(
        () => ports.registry().run(stationId, review),
        'reservations of a station not reviewed',
        { station: stationId },
      );
    });
  }

  async function review(station: StationAggregate): Promise<void> {
    const now = clock.now();
    const plan = newPlan(station.station.id);
    for (const reservation of station.reservations) {
      if (reservation.expiresAt + EXPIRY_GRACE_MS > now) continue;
      planReservationEnd(plan, station, reservation, { status: 'expired', at: now });
    }
    await commit(plan, station);
  }

  async function commit(plan: Plan, station: StationAggregate): Promise<void> {
    const evseIds = new Set([...station.reservations, ...plan.reservations].flatMap((r) => r.evseId ?? []));
    publishStatus(plan, station, evseIds, statusFacts(station), ports);
    const changes = plan.reservations.length + plan.evseStatuses.length + plan.frames.length;
    if (changes > 0) await committer.commit(plan);
    watch(station);
  }

  function planMade(plan: Plan, station: StationAggregate, made: Omit<Reservation, 'status'>): void {
    const before = station.reservations.find(({ reservationId }) => reservationId === made.reservationId);
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
          planReservationEnd(plan, station, known, { status: 'cancelled', at: clock.now() });
          await commit(plan, station);
        });
      }
    },
    planMade,
    async reported(station, report, frame) {
      const plan = newPlan(station.station.id, frame);
      const known = byNumber(station, report.reservationId);
      if (known) planReservationEnd(plan, station, known, { status: report.status, at: clock.now() });
      await commit(plan, station);
    },
    watch,
  };
}

function byNumber(station: StationAggregate, reservationId: number): Reservation | undefined {
  return station.reservations.find((reservation) => reservation.reservationId === reservationId);
}

function nextMoment(reservations: readonly Reservation[], now: EpochMs): EpochMs | undefined {
  const moments = reservations.flatMap(({ madeAt, expiresAt }) => [
    madeAt + RESERVATION_OWN_WORD_MS,
    expiresAt,
    expiresAt + EXPIRY_GRACE_MS,
  ]);
  const ahead = moments.filter((at) => at > now);
  return ahead.length === 0 ? undefined : Math.min(...ahead);
}
