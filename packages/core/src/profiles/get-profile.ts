import { type Asked, commandFacts } from '../commands/new-command.js';
import type { GetProfileCommand, ProfileAnswer, ProfileCommand } from '../model/command.js';
import { openTransaction } from './open-transaction.js';
import { preferredUnit } from './preferred-unit.js';
import { findSession, type ProfileDeskPorts } from './profile-ports.js';

/** D6-021: asks the charger what it applies in the next seconds. */
export async function getProfile(
  ports: ProfileDeskPorts,
  request: GetProfileCommand,
  asked: Asked,
): Promise<ProfileAnswer> {
  const { timeoutSeconds } = ports.execution;
  const found = await findSession(ports, asked.partner, request.session_id);
  if (found.kind === 'refused') return { ...found.refusal, timeoutSeconds };
  const { record } = found;
  return ports.registry().run(record.stationId, async (station) => {
    const open = openTransaction(station, record.transactionId);
    const evseId = open?.transaction.evseId;
    if (!open || evseId === undefined) {
      return { result: 'REJECTED', message: 'the session is over', timeoutSeconds };
    }
    const command: ProfileCommand = {
      ...commandFacts(asked, record.stationId, record.session),
      kind: 'GET_PROFILE',
      request,
      transactionId: record.transactionId,
      evseId,
    };
    return ports.execution.accept(station, command, {
      kind: 'get-composite-schedule',
      evseId,
      durationS: request.duration,
      unit: preferredUnit(station, open, record),
    });
  });
}
