import type { Asked } from '../commands/new-command.js';
import type { GetProfileCommand, ProfileAnswer } from '../model/command.js';
import { preferredUnit } from './preferred-unit.js';
import type { ProfileDeskPorts } from './profile-ports.js';
import { withRunningSession } from './with-session.js';

/** D6-021: asks the charger what it applies in the next seconds. */
export function getProfile(
  ports: ProfileDeskPorts,
  request: GetProfileCommand,
  asked: Asked,
): Promise<ProfileAnswer> {
  return withRunningSession(ports, request.session_id, asked, ({ station, open, record, evseId, facts }) =>
    ports.execution.accept(
      station,
      { ...facts, kind: 'GET_PROFILE', request },
      {
        kind: 'get-composite-schedule',
        evseId,
        durationS: request.duration,
        unit: preferredUnit(station, open, record),
      },
    ),
  );
}
