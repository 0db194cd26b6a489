import type { CancelReservationCommand, DriverCommand } from '../model/command.js';
import { type Receive, refusal } from './desk-ports.js';
import { commandFacts } from './new-command.js';

/** D5-046: gives a reserved EVSE free. */
export const cancelReservation: Receive<CancelReservationCommand> = async (ports, request, asked) => {
  const { partner } = asked;
  const reservation = await ports.store.reservations.findByPartner(partner.id, request.reservation_id);
  const [ours] = ports.parties;
  if (reservation?.status !== 'active' || !reservation.partner) {
    if (!ours) throw new Error('the platform hosts no party');
    // UNKNOWN_RESERVATION is a result, not an answer; another partner's reservation is as unknown as none.
    return ports.execution.decide({
      ...commandFacts(asked, '', ours),
      kind: 'CANCEL_RESERVATION',
      request,
      result: 'UNKNOWN_RESERVATION',
    });
  }
  if (!ports.link().isConnected(reservation.stationId)) {
    return refusal(ports, { result: 'REJECTED', message: 'charge point offline' });
  }
  const { reservationId, stationId } = reservation;
  const { hostedParty } = reservation.partner.command;
  return ports.registry().run(stationId, (station) => {
    const command: DriverCommand = {
      ...commandFacts(asked, stationId, hostedParty),
      kind: 'CANCEL_RESERVATION',
      request,
      reservationId,
    };
    return ports.execution.accept(station, command, { kind: 'cancel-reservation', reservationId });
  });
};
