import type { Asked } from '../commands/new-command.js';
import type { ClearProfileCommand, ProfileAnswer } from '../model/command.js';
import { profileIdOf, stackLevelAt } from './charger-profile.js';
import type { ProfileDeskPorts } from './profile-ports.js';
import { withRunningSession } from './with-session.js';

/** D6-020: takes the limit of a session away; a profile that we do not know may still be in the charger. */
export function clearProfile(
  ports: ProfileDeskPorts,
  request: ClearProfileCommand,
  asked: Asked,
): Promise<ProfileAnswer> {
  return withRunningSession(ports, request.session_id, asked, ({ station, open, record, evseId, facts }) =>
    ports.execution.accept(
      station,
      { ...facts, kind: 'CLEAR_PROFILE', request },
      {
        kind: 'clear-charging-profile',
        profileId: open.profile?.profile ? profileIdOf(record.session.id) : undefined,
        evseId,
        stackLevel: stackLevelAt(station),
      },
    ),
  );
}
