import type { Background } from '../background.js';
import type { Committer } from '../committer.js';
import type { Reservation } from '../model/reservation.js';
import type { StationLink } from '../ports/station-link.js';
import type { Store } from '../ports/store.js';
import type { StationAggregate } from '../stations/aggregate.js';
import { newPlan, type Plan } from '../stations/plan.js';
import { publishStatus, type StatusPorts, statusFacts } from '../stations/publish-status.js';
import type { StationRegistry } from '../stations/registry.js';
import { planReservationEnd } from './plan-reservation.js';
import type { ReservationBillPorts } from './reservation-bill.js';

export interface MovePorts extends Omit<ReservationBillPorts, 'settings'>, StatusPorts {
  store: Store;
  background: Background;
  committer: Committer;
  registry: () => StationRegistry;
  link: () => StationLink;
  /** Waits for what the reservations of the station bring next; after the commit. */
  watchReservations(station: StationAggregate): void;
}

/**
 * An id of a partner names one reservation, wherever it is: the one that it named at another station is over as soon
 * as this one is made. Reads the database once; to be called before the new one is in it.
 */
export async function planMove(ports: MovePorts, plan: Plan, made: Omit<Reservation, 'status'>, key: string) {
  if (made.partnerId === undefined) return;
  const before = await ports.store.reservations.findByPartner(made.partnerId, key);
  if (before?.status !== 'active' || before.stationId === made.stationId) return;
  plan.afterCommit.push(() => giveFree(ports, before));
}

/** After a restart: a move whose second half was lost with the process. */
export function resumeMoves(ports: MovePorts, station: StationAggregate): void {
  for (const reservation of station.reservations) {
    const { id, partnerId, partner } = reservation;
    if (partnerId === undefined || !partner) continue;
    const look = async () => {
      const newest = await ports.store.reservations.findByPartner(partnerId, partner.reservationId);
      if (newest?.status === 'active' && newest.id !== id) giveFree(ports, reservation);
    };
    ports.background.persist(look, 'reservation not looked up', { reservation: id });
  }
}

function giveFree(ports: MovePorts, { id, stationId, reservationId, partner }: Reservation): void {
  const correlationId = partner?.command.correlationId;
  ports.background.persist(() => end(ports, stationId, id), 'moved reservation not ended', {
    reservation: id,
  });
  const call = { kind: 'cancel-reservation', reservationId } as const;
  ports.background.run(
    ports.link().call(stationId, call, correlationId === undefined ? {} : { correlationId }),
    'moved reservation not given free',
    { reservation: id },
  );
}

function end(ports: MovePorts, stationId: string, id: string): Promise<void> {
  return ports.registry().run(stationId, async (station) => {
    const known = station.reservations.find((reservation) => reservation.id === id);
    if (!known) return;
    const plan = newPlan(stationId);
    const at = ports.clock.now();
    planReservationEnd(ports, plan, station, known, { status: 'cancelled', at, asked: true });
    const evseIds = known.evseId === undefined ? [] : [known.evseId];
    publishStatus(plan, station, evseIds, statusFacts(station), ports);
    await ports.committer.commit(plan);
    ports.watchReservations(station);
  });
}
