import { merged } from '@roambridge/domain';
import { createBackground } from '../background.js';
import type { Committer } from '../committer.js';
import type { Command, CommandAnswer } from '../model/command.js';
import type { StationState } from '../model/station.js';
import type { Clock } from '../ports/clock.js';
import type { Log } from '../ports/log.js';
import type { CallOptions, CallOutcome, StationLink, StationRequest } from '../ports/station-link.js';
import type { CoreSettings } from '../settings.js';
import type { StationAggregate } from '../stations/aggregate.js';
import { newPlan, type Plan } from '../stations/plan.js';
import type { StationRegistry } from '../stations/registry.js';
import { bearsOnTokens } from './command-window.js';

/** what goes first when several calls wait for one charger. */
const PRIORITY = {
  STOP_SESSION: 1,
  UNLOCK_CONNECTOR: 1,
  START_SESSION: 2,
  RESERVE_NOW: 2,
  CANCEL_RESERVATION: 2,
  SET_PROFILE: 3,
  CLEAR_PROFILE: 3,
  GET_PROFILE: 3,
} as const satisfies Record<Command['kind'], CallOptions['priority']>;

/** Reservations whose charger did not answer in time, and still may. */
const UNANSWERED_KEPT = 1_000;

export interface ExecutionPorts {
  clock: Clock;
  log: Log;
  committer: Committer;
  settings: CoreSettings;
  registry: () => StationRegistry;
  link: () => StationLink;
  /** Calls the charger, with whatever belongs to that. */
  carryOut(
    stationId: string,
    request: StationRequest,
    options: CallOptions & { timeoutMs: number },
  ): Promise<CallOutcome>;
  /** What the charger's answer means: the settled command, and in the plan all that follows from it. */
  settle(plan: Plan, station: StationAggregate, command: Command, outcome: CallOutcome): Promise<Command>;
  /** After the commit of a result, inside the station's queue. */
  settled?(station: StationAggregate, command: Command, outcome: CallOutcome): void;
}

/** Takes commands to chargers and their results into the books: one result each, also after a crash. */
export interface Execution {
  /** Seconds that partners are told to wait (D5-001). */
  timeoutSeconds: number;
  /** Persists the command before anything is sent, and sends it after the partner has its answer. */
  accept(station: StationAggregate, command: Command, request: StationRequest): Promise<AcceptedAnswer>;
  /** Persists a command whose result is known without asking a charger; it is told after the answer. */
  decide(command: Command): Promise<AcceptedAnswer>;
  /**
   * A charger answered after the partner was told TIMEOUT: nothing more is told (G10), but an EVSE that it reserved
   * after all is given free.
   */
  lateResult(stationId: string, messageId: string, payload: unknown): void;
  /** After a restart: commands whose answer was lost with the process have failed. */
  resume(station: StationAggregate): void;
  /** Resolves when no command waits for its charger. */
  idle(): Promise<void>;
}

type AcceptedAnswer = CommandAnswer & { result: 'ACCEPTED' };

export function createExecution(ports: ExecutionPorts): Execution {
  const { clock, log, settings } = ports;
  const background = createBackground(clock, log);
  const unanswered = new Map<string, Command>();
  const timeoutSeconds = Math.ceil((settings.callTimeoutMs + settings.commandMarginMs) / 1000);

  function rememberUnanswered(messageId: string, command: Command): void {
    unanswered.set(messageId, command);
    const oldest = unanswered.size > UNANSWERED_KEPT ? unanswered.keys().next().value : undefined;
    if (oldest !== undefined) unanswered.delete(oldest);
  }

  async function dispatch(command: Command, request: StationRequest): Promise<void> {
    const outcome = await ports.carryOut(command.stationId, request, {
      timeoutMs: settings.callTimeoutMs,
      correlationId: command.correlationId,
      priority: PRIORITY[command.kind],
    });
    if (outcome.kind === 'timeout' && command.kind === 'RESERVE_NOW')
      rememberUnanswered(outcome.messageId, command);
    background.persist(() => settle(command, outcome), 'result of a command not recorded', {
      command: command.id,
    });
  }

  function settle(command: Command, outcome: CallOutcome): Promise<void> {
    return ports.registry().run(command.stationId, async (station) => {
      const known = station.commands.find((candidate) => candidate.id === command.id) ?? command;
      if (known.state === 'settled') return;
      const plan = newPlan(command.stationId);
      const settled = await ports.settle(plan, station, known, outcome);
      plan.commands.push(settled);
      plan.dirty.push(resultMark(settled, clock.now()));
      plan.afterCommit.push(() => Object.assign(known, settled));
      await ports.committer.commit(plan);
      ports.settled?.(station, settled, outcome);
    });
  }

  return {
    timeoutSeconds,
    async accept(station, command, request) {
      const plan = newPlan(command.stationId);
      plan.commands.push(command);
      if (request.kind === 'start-transaction') {
        const state: StationState = merged(station.state, { remoteStartId: request.remoteStartId });
        plan.stationState = state;
        plan.afterCommit.push(() => {
          station.state = state;
        });
      }
      plan.afterCommit.push(() => {
        const now = clock.now();
        station.commands = [...station.commands.filter((known) => bearsOnTokens(known, now)), command];
      });
      await ports.committer.commit(plan);
      background.run(dispatch(command, request), 'command not carried out', { command: command.id });
      return { result: 'ACCEPTED', timeoutSeconds };
    },
    async decide(command) {
      const plan = newPlan(command.stationId);
      plan.commands.push({ ...command, state: 'settled' });
      plan.dirty.push(resultMark(command, clock.now() + settings.pushLingerMs));
      await ports.committer.commit(plan);
      return { result: 'ACCEPTED', timeoutSeconds };
    },
    lateResult(stationId, messageId, payload) {
      const command = unanswered.get(messageId);
      unanswered.delete(messageId);
      if (command?.kind !== 'RESERVE_NOW' || !isAccepted(payload)) return;
      const { reservationId, correlationId } = command;
      background.run(
        ports.link().call(stationId, { kind: 'cancel-reservation', reservationId }, { correlationId }),
        'late reservation not given free',
        { command: command.id },
      );
    },
    resume(station) {
      for (const command of station.commands) {
        if (command.state === 'settled') continue;
        background.persist(
          () => settle(command, { kind: 'lost', messageId: '' }),
          'interrupted command not settled',
          { command: command.id },
        );
      }
    },
    idle: () => background.idle(),
  };
}

/** The partner must be told the result of this command. */
function resultMark(command: Command, dueAt: number): Plan['dirty'][number] {
  return { partnerId: command.partnerId, kind: 'command-result', key: command.id, dueAt };
}

function isAccepted(payload: unknown): boolean {
  return (
    typeof payload === 'object' && payload !== null && 'status' in payload && payload.status === 'Accepted'
  );
}
