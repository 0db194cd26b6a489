import { profileFault } from '@roambridge/domain';
import type { Asked } from '../commands/new-command.js';
import type { ProfileAnswer, SetProfileCommand } from '../model/command.js';
import { setProfileCall } from './charger-profile.js';
import type { ProfileDeskPorts } from './profile-ports.js';
import { withRunningSession } from './with-session.js';

/** D6.1: limits the power of a running session. */
export function setProfile(
  ports: ProfileDeskPorts,
  request: SetProfileCommand,
  asked: Asked,
): Promise<ProfileAnswer> {
  const { execution, settings } = ports;
  const { charging_profile } = request;
  return withRunningSession(
    ports,
    request.session_id,
    asked,
    async ({ station, open, record, facts, refuse }) => {
      const fault = profileFault(charging_profile, station.state.smartCharging?.maxPeriods);
      if (fault !== undefined) return refuse({ result: 'REJECTED', message: fault });
      // CP-06
      if (asked.at < (open.profileSetAt ?? Number.NEGATIVE_INFINITY) + settings.minProfileIntervalMs) {
        return refuse({ result: 'TOO_OFTEN', message: 'a profile was set just now' });
      }
      const call = setProfileCall(station, open, record, charging_profile, settings.nominalVoltageV);
      if (!call) {
        return refuse({ result: 'REJECTED', message: 'the charge point takes no limits in this unit' });
      }
      const answer = await execution.accept(station, { ...facts, kind: 'SET_PROFILE', request }, call);
      open.profileSetAt = asked.at;
      return answer;
    },
  );
}
