import type { ChargingPreferences, PartyId } from '@roambridge/domain';
import type { PartnerCommands } from '../edges/partner-edge.js';
import type { PreferencesAnswer } from '../model/charging-profile.js';
import type { CommandAnswer, ProfileAnswer } from '../model/command.js';
import type { Partner } from '../model/partner.js';
import type { Log } from '../ports/log.js';
import { carryOut } from '../profiles/carry-out.js';
import { clearProfile } from '../profiles/clear-profile.js';
import { getProfile } from '../profiles/get-profile.js';
import { setPreferences } from '../profiles/preferences.js';
import { createProfileWatch } from '../profiles/profile-watch.js';
import { setProfile } from '../profiles/set-profile.js';
import { resumeMoves } from '../reservations/moved-reservation.js';
import type { PartnerReservationPorts } from '../reservations/partner-reservations.js';
import type { StationAggregate } from '../stations/aggregate.js';
import { cancelReservation } from './cancel-reservation.js';
import { createExecution } from './execution.js';
import type { Asked } from './new-command.js';
import { createRepeats, requestKey } from './repeats.js';
import { reserveNow } from './reserve-now.js';
import { settleCommand } from './settle.js';
import { startSession } from './start-session.js';
import { stopSession } from './stop-session.js';
import type { TargetPorts } from './target.js';
import { unlockConnector } from './unlock-connector.js';

export type CommandDeskPorts = TargetPorts & PartnerReservationPorts & { log: Log };

/** Takes commands of partners down to chargers, and their results back: one result each, also after a crash. */
export interface CommandDesk extends PartnerCommands {
  setPreferences(
    partner: Partner,
    sessionId: string,
    preferences: ChargingPreferences,
  ): Promise<PreferencesAnswer>;
  /** What limits the charger changed, other than by a profile of a partner. Runs inside the station's queue. */
  limitsChanged(station: StationAggregate, evseId?: number): void;
  /** The charger connected or booted: it may have lost its limits. Runs inside the station's queue. */
  chargerBack(station: StationAggregate): void;
  /** A charger answered after its call had timed out. */
  lateResult(stationId: string, messageId: string, payload: unknown): void;
  /** After a restart: commands whose answer was lost with the process have failed; reservations that moved are ended. */
  resume(station: StationAggregate): void;
  /** Resolves when no command waits for its charger. */
  idle(): Promise<void>;
}

export function createCommandDesk(ports: CommandDeskPorts): CommandDesk {
  const { clock } = ports;
  const repeats = createRepeats(ports);
  const watch = createProfileWatch(ports);
  const execution = createExecution({
    ...ports,
    carryOut: (stationId, request, options) => carryOut(ports, stationId, request, options),
    settle: (plan, station, command, outcome) => settleCommand(ports, plan, station, command, outcome),
    settled(station, command) {
      const changedLimits = command.kind === 'SET_PROFILE' || command.kind === 'CLEAR_PROFILE';
      if (changedLimits && command.result === 'ACCEPTED') watch.profileChanged(station, command.evseId);
    },
  });
  const inner = { ...ports, execution };
  const { timeoutSeconds } = execution;

  /** Every command is judged once, however often it is sent (D5-003). */
  function receive<Request extends { response_url: string }, Answer extends CommandAnswer | ProfileAnswer>(
    kind: string,
    judge: (ports: typeof inner, request: Request, asked: Asked) => Promise<Answer>,
  ): (
    partner: Partner,
    request: Request,
    correlationId: string,
    requester?: PartyId,
  ) => Promise<Answer | { result: 'ACCEPTED'; timeoutSeconds: number }> {
    return (partner, request, correlationId, requester) => {
      const key = requestKey(partner.id, kind, request);
      return repeats.once<Answer | { result: 'ACCEPTED'; timeoutSeconds: number }>(
        key,
        { result: 'ACCEPTED', timeoutSeconds },
        () => {
          const asked: Asked = { partner, requestKey: key, correlationId, at: clock.now() };
          return judge(inner, request, requester ? { ...asked, requester } : asked);
        },
      );
    };
  }

  return {
    startSession: receive('START_SESSION', startSession),
    stopSession: receive('STOP_SESSION', stopSession),
    reserveNow: receive('RESERVE_NOW', reserveNow),
    cancelReservation: receive('CANCEL_RESERVATION', cancelReservation),
    unlockConnector: receive('UNLOCK_CONNECTOR', unlockConnector),
    setProfile: receive('SET_PROFILE', setProfile),
    clearProfile: receive('CLEAR_PROFILE', clearProfile),
    getProfile: receive('GET_PROFILE', getProfile),
    setPreferences: (partner, sessionId, preferences) =>
      setPreferences({ ...ports, watch }, partner, sessionId, preferences),
    limitsChanged: watch.limitsChanged,
    chargerBack: watch.back,
    lateResult: execution.lateResult,
    resume(station) {
      execution.resume(station);
      resumeMoves(ports, station);
      watch.resume(station);
    },
    idle: execution.idle,
  };
}
