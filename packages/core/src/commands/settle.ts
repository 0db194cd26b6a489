import type { Command } from '../model/command.js';
import type { CallOutcome } from '../ports/station-link.js';
import { planProfileAnswer } from '../profiles/plan-answer.js';
import {
  type PartnerReservationPorts,
  planPartnerCancelled,
  planPartnerReservation,
} from '../reservations/partner-reservations.js';
import type { StationAggregate } from '../stations/aggregate.js';
import type { Plan } from '../stations/plan.js';
import { cancelResult, reserveResult, unlockResult } from './result.js';
import { startOutcome } from './start-session.js';
import { stopOutcome } from './stop-session.js';

/** What a charger's answer means: the settled command, and in the plan all that follows from it (D5, D6). */
export async function settleCommand(
  ports: PartnerReservationPorts,
  plan: Plan,
  station: StationAggregate,
  command: Command,
  outcome: CallOutcome,
): Promise<Command> {
  switch (command.kind) {
    case 'START_SESSION':
      return { ...command, state: 'settled', result: startOutcome(station, command, outcome) };
    case 'STOP_SESSION':
      return { ...command, state: 'settled', result: stopOutcome(station, command, outcome) };
    case 'UNLOCK_CONNECTOR':
      return { ...command, state: 'settled', result: unlockResult(outcome) };
    case 'RESERVE_NOW': {
      const settled = { ...command, state: 'settled', result: reserveResult(outcome) } as const;
      await planPartnerReservation(ports, plan, station, settled, outcome);
      return settled;
    }
    case 'CANCEL_RESERVATION': {
      const result = cancelResult(outcome);
      planPartnerCancelled(ports, plan, station, command, result);
      return { ...command, state: 'settled', result };
    }
    case 'SET_PROFILE':
    case 'CLEAR_PROFILE':
    case 'GET_PROFILE':
      return planProfileAnswer(ports, plan, station, command, outcome);
  }
}
