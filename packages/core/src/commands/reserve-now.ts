import type { DriverCommand, ReserveNowCommand } from '../model/command.js';
import { TOKEN_WINDOW_MS } from './command-window.js';
import { type CommandPorts, type Receive, refusal } from './desk-ports.js';
import { type Asked, commandFacts } from './new-command.js';
import { findTarget } from './target.js';
import { tokenForCharger } from './token-for-charger.js';

/** D5.4: keeps an EVSE free for a driver. The same id again replaces the reservation (CO-16). */
export const reserveNow: Receive<ReserveNowCommand> = async (ports, request, asked) => {
  const target = await findTarget(ports, request, 'RESERVABLE');
  if (target.kind === 'refused') return refusal(ports, target);
  // B-050
  const { features } = ports.registry().peek(target.stationId)?.state ?? {};
  if (features && !features.includes('Reservation')) {
    return refusal(ports, { result: 'NOT_SUPPORTED', message: 'this station cannot be reserved' });
  }
  const expiresAt = Date.parse(request.expiry_date);
  // D5-042
  if (expiresAt <= asked.at) return refusal(ports, { result: 'REJECTED', message: 'expiry_date is over' });
  if (expiresAt > asked.at + ports.settings.maxReservationMs) {
    return refusal(ports, { result: 'REJECTED', message: 'expiry_date is too far ahead' });
  }
  const reservationId = await numberFor(ports, request, asked, target.stationId);
  return ports.registry().run(target.stationId, (station) => {
    const idToken = tokenForCharger(station, request.token, asked.partner.id);
    const { group_id } = request.token;
    const command: DriverCommand = {
      ...commandFacts(asked, station.station.id, target.owner, TOKEN_WINDOW_MS),
      kind: 'RESERVE_NOW',
      request,
      reservationId,
      idTag: idToken.idToken,
      idToken,
      evseId: target.evseId,
    };
    return ports.execution.accept(station, command, {
      kind: 'reserve-now',
      reservationId,
      evseId: target.evseId,
      idToken,
      ...(group_id === undefined ? {} : { groupId: group_id }),
      expiresAt,
    });
  });
};

/** D5-040: never the partner's own id; an id that is in use, or asked for right now, keeps its number. */
async function numberFor(
  { store, registry }: CommandPorts,
  request: ReserveNowCommand,
  { partner, at }: Asked,
  stationId: string,
): Promise<number> {
  const known = await store.reservations.findByPartner(partner.id, request.reservation_id);
  if (known?.status === 'active' && known.expiresAt > at) return known.reservationId;
  const asking = registry()
    .peek(stationId)
    ?.commands.find(
      (command) =>
        command.kind === 'RESERVE_NOW' &&
        command.state !== 'settled' &&
        command.partnerId === partner.id &&
        command.request.reservation_id === request.reservation_id,
    );
  return asking?.reservationId ?? (await store.reserveReservationIds(1));
}
