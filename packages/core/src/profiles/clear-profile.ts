import { type Asked, commandFacts } from '../commands/new-command.js';
import type { ClearProfileCommand, ProfileAnswer, ProfileCommand } from '../model/command.js';
import { profileIdOf, stackLevelAt } from './charger-profile.js';
import { openTransaction } from './open-transaction.js';
import { findSession, type ProfileDeskPorts } from './profile-ports.js';

/** D6-020: takes the limit of a session away; a profile that we do not know may still be in the charger. */
export async function clearProfile(
  ports: ProfileDeskPorts,
  request: ClearProfileCommand,
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
      kind: 'CLEAR_PROFILE',
      request,
      transactionId: record.transactionId,
      evseId,
    };
    return ports.execution.accept(station, command, {
      kind: 'clear-charging-profile',
      profileId: open.profile?.profile ? profileIdOf(record.session.id) : undefined,
      evseId,
      stackLevel: stackLevelAt(station),
    });
  });
}
