import { REMOTE_START_STOP } from '../catalog/capabilities.js';
import type { DriverCommand, StartSessionCommand } from '../model/command.js';
import type { CallOutcome } from '../ports/station-link.js';
import type { StationAggregate } from '../stations/aggregate.js';
import { type Receive, refusal } from './desk-ports.js';
import { commandFacts } from './new-command.js';
import { startResult } from './result.js';
import { findTarget } from './target.js';
import { tokenForCharger } from './token-for-charger.js';

/** D5.2: sends the driver's token to the EVSE that was asked for, or to one that is free. */
export const startSession: Receive<StartSessionCommand> = async (ports, request, asked) => {
  const target = await findTarget(ports, request, REMOTE_START_STOP);
  if (target.kind === 'refused') return refusal(ports, target);
  return ports.registry().run(target.stationId, (station) => {
    const idToken = tokenForCharger(station, request.token, asked.partner.id);
    const remoteStartId = station.state.remoteStartId + 1;
    const command: DriverCommand = {
      ...commandFacts(asked, station.station.id, target.owner, ports.settings.commandWindowMs),
      kind: 'START_SESSION',
      request,
      idTag: idToken.idToken,
      remoteStartId,
      evseId: target.evseId,
      ...(target.connectorId === undefined ? {} : { connectorId: target.connectorId }),
    };
    return ports.execution.accept(station, command, {
      kind: 'start-transaction',
      remoteStartId,
      idToken,
      evseId: target.evseId,
      connectorId: target.connectorId,
      groupId: request.token.group_id,
    });
  });
};

export function startOutcome(station: StationAggregate, command: DriverCommand, outcome: CallOutcome) {
  // D5-016: the transaction came before the answer, so the answer was yes.
  if (command.transactionId !== undefined) return 'ACCEPTED';
  const status = command.evseId === undefined ? undefined : station.bindings.get(command.evseId)?.status;
  const occupied = [...station.open.values()].some(
    ({ transaction }) =>
      transaction.authorizedAt !== undefined &&
      transaction.endedAt === undefined &&
      transaction.evseId === command.evseId,
  );
  return startResult(outcome, { occupied, inoperative: status === 'OUTOFORDER' || status === 'INOPERATIVE' });
}
