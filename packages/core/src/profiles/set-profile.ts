import { profileFault } from '@roambridge/domain';
import { type Asked, commandFacts } from '../commands/new-command.js';
import type { ProfileAnswer, ProfileCommand, SetProfileCommand } from '../model/command.js';
import { setProfileCall } from './charger-profile.js';
import { openTransaction } from './open-transaction.js';
import { findSession, type ProfileDeskPorts, type ProfileRefusal } from './profile-ports.js';

/** D6.1: limits the power of a running session. */
export async function setProfile(
  ports: ProfileDeskPorts,
  request: SetProfileCommand,
  asked: Asked,
): Promise<ProfileAnswer> {
  const { execution, settings } = ports;
  const refuse = (refusal: ProfileRefusal): ProfileAnswer => ({
    ...refusal,
    timeoutSeconds: execution.timeoutSeconds,
  });
  const found = await findSession(ports, asked.partner, request.session_id);
  if (found.kind === 'refused') return refuse(found.refusal);
  const { record } = found;
  return ports.registry().run(record.stationId, async (station) => {
    const open = openTransaction(station, record.transactionId);
    if (!open) return refuse({ result: 'REJECTED', message: 'the session is over' });
    const fault = profileFault(request.charging_profile, station.state.smartCharging?.maxPeriods);
    if (fault !== undefined) return refuse({ result: 'REJECTED', message: fault });
    // CP-06
    if (asked.at < (open.profileSetAt ?? Number.NEGATIVE_INFINITY) + settings.minProfileIntervalMs) {
      return refuse({ result: 'TOO_OFTEN', message: 'a profile was set just now' });
    }
    const call = setProfileCall(station, open, record, request.charging_profile, settings.nominalVoltageV);
    if (!call)
      return refuse({ result: 'REJECTED', message: 'the charge point takes no limits in this unit' });
    const command: ProfileCommand = {
      ...commandFacts(asked, record.stationId, record.session),
      kind: 'SET_PROFILE',
      request,
      transactionId: record.transactionId,
      evseId: call.evseId,
    };
    const answer = await execution.accept(station, command, call);
    open.profileSetAt = asked.at;
    return answer;
  });
}
