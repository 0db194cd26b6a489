import { createHash } from 'node:crypto';
import { idTokenType, type PartyId } from '@roambridge/domain';
import { createBackground } from '../background.js';
import type { Committer } from '../committer.js';
import { newIdTag, randomUUID } from '../ids.js';
import type {
  Command,
  CommandAnswer,
  CommandResultType,
  StartSessionCommand,
  StopSessionCommand,
} from '../model/command.js';
import type { Partner } from '../model/partner.js';
import type { Clock } from '../ports/clock.js';
import type { Log } from '../ports/log.js';
import type { CallOutcome, StationLink, StationRequest } from '../ports/station-link.js';
import type { Store } from '../ports/store.js';
import type { CoreSettings } from '../settings.js';
import { type StationAggregate, UNKNOWN_TRAITS } from '../stations/aggregate.js';
import { newPlan } from '../stations/plan.js';
import type { StationRegistry } from '../stations/registry.js';
import { startResult, stopResult } from './result.js';
import { findStartTarget, type StartTarget } from './target.js';

/** D5-003: the same request within this time is the same command. */
const REPEAT_WINDOW_MS = 60_000;
/** Answers kept to recognise repeated requests. */
const KEPT_ANSWERS = 5_000;
/** D4-005: types that are no physical card and get a tag of their own where the protocol has no types. */
const VIRTUAL_TYPES: ReadonlySet<string> = new Set(['APP_USER', 'AD_HOC_USER']);

export interface CommandPorts {
  store: Store;
  clock: Clock;
  log: Log;
  committer: Committer;
  settings: CoreSettings;
  /** The CPO parties that this platform hosts. */
  parties: readonly PartyId[];
  registry: () => StationRegistry;
  link: () => StationLink;
}

/** Takes commands of partners down to chargers, and their results back: one result each, also after a crash. */
export interface CommandDesk {
  startSession(partner: Partner, request: StartSessionCommand, correlationId: string): Promise<CommandAnswer>;
  stopSession(partner: Partner, request: StopSessionCommand, correlationId: string): Promise<CommandAnswer>;
  /** After a restart: commands whose answer was lost with the process have failed. */
  resume(station: StationAggregate): void;
  /** Resolves when no command waits for its charger. */
  idle(): Promise<void>;
}

export function createCommandDesk(ports: CommandPorts): CommandDesk {
  const { store, clock, log, settings } = ports;
  const answers = new Map<string, { at: number; answer: Promise<CommandAnswer> }>();
  const background = createBackground(clock, log);
  const timeoutSeconds = Math.ceil((settings.callTimeoutMs + settings.commandMarginMs) / 1000);
  const no = (result: CommandAnswer['result'], message: string): CommandAnswer => ({
    result,
    timeoutSeconds,
    message,
  });

  /** D5-003: a repeated request is answered as the first one and not executed again. */
  function once(key: string, execute: () => Promise<CommandAnswer>): Promise<CommandAnswer> {
    const now = clock.now();
    const known = answers.get(key);
    if (known && now - known.at < REPEAT_WINDOW_MS) return known.answer;
    const answer = store.commands
      .findByRequestKey(key, now - REPEAT_WINDOW_MS)
      .then((stored) =>
        stored ? ({ result: 'ACCEPTED', timeoutSeconds } satisfies CommandAnswer) : execute(),
      );
    answers.delete(key);
    answers.set(key, { at: now, answer });
    const oldest = answers.size > KEPT_ANSWERS ? answers.keys().next().value : undefined;
    if (oldest !== undefined) answers.delete(oldest);
    answer.catch(() => answers.delete(key));
    return answer;
  }

  /** Persists the command before anything is sent, and sends it after the partner has its answer. */
  async function accept(
    station: StationAggregate,
    command: Command,
    request: StationRequest,
  ): Promise<CommandAnswer> {
    const plan = newPlan(command.stationId);
    plan.commands.push(command);
    if (request.kind === 'start-transaction') {
      const state = { ...station.state, remoteStartId: request.remoteStartId };
      plan.stationState = state;
      plan.afterCommit.push(() => {
        station.state = state;
        station.commands = [...station.commands.filter((known) => stillMatters(known, clock.now())), command];
      });
    }
    await ports.committer.commit(plan);
    background.run(dispatch(command, request), 'command not carried out', { command: command.id });
    return { result: 'ACCEPTED', timeoutSeconds };
  }

  async function dispatch(command: Command, request: StationRequest): Promise<void> {
    const outcome = await ports.link().call(command.stationId, request, {
      timeoutMs: settings.callTimeoutMs,
      correlationId: command.correlationId,
      priority: command.kind === 'STOP_SESSION' ? 1 : 2,
    });
    background.persist(() => settle(command, outcome, request), 'result of a command not recorded', {
      command: command.id,
    });
  }

  function settle(command: Command, outcome: CallOutcome, request?: StationRequest): Promise<void> {
    return ports.registry().run(command.stationId, async (station) => {
      const known = station.commands.find((candidate) => candidate.id === command.id) ?? command;
      if (known.state === 'settled') return;
      const result = resultOf(station, known, outcome, request);
      const settled: Command = { ...known, state: 'settled', result };
      const plan = newPlan(command.stationId);
      plan.commands.push(settled);
      plan.dirty.push({
        partnerId: command.partnerId,
        kind: 'command-result',
        key: command.id,
        dueAt: clock.now(),
      });
      plan.afterCommit.push(() => Object.assign(known, { state: 'settled', result }));
      await ports.committer.commit(plan);
    });
  }

  return {
    startSession(partner, request, correlationId) {
      const requestKey = keyOf(partner, request.response_url, request);
      return once(requestKey, async () => {
        const target = await findStartTarget(
          { store, registry: ports.registry(), link: ports.link(), parties: ports.parties },
          request,
        );
        if (target.kind === 'refused')
          return {
            ...no(target.result, target.message),
            ...(target.unknownLocation ? { unknownLocation: true } : {}),
          };
        return ports.registry().run(target.stationId, (station) => {
          const { command, call } = newStart(
            station,
            partner,
            request,
            target,
            correlationId,
            requestKey,
            clock.now(),
            settings,
          );
          return accept(station, command, call);
        });
      });
    },

    stopSession(partner, request, correlationId) {
      const requestKey = keyOf(partner, request.response_url, request);
      return once(requestKey, async () => {
        const record = await store.sessions.get(request.session_id);
        // D5-002, G14: another partner's session is as unknown as one that never was.
        if (!record || record.partnerId !== partner.id) return no('UNKNOWN_SESSION', 'no such session');
        if (record.session.status !== 'ACTIVE' && record.session.status !== 'PENDING') {
          return no('REJECTED', `the session is ${record.session.status}`);
        }
        if (!ports.link().isConnected(record.stationId)) return no('REJECTED', 'charge point offline');
        const transaction = await store.transactions.get(record.transactionId);
        if (!transaction) return no('UNKNOWN_SESSION', 'no such session');
        return ports.registry().run(record.stationId, (station) => {
          const command = newCommand(
            'STOP_SESSION',
            partner,
            request,
            record.stationId,
            correlationId,
            requestKey,
            clock.now(),
            settings,
            {
              country_code: record.session.country_code,
              party_id: record.session.party_id,
            },
          );
          command.transactionId = record.transactionId;
          return accept(station, command, {
            kind: 'stop-transaction',
            ocppTransactionId: transaction.ocppTransactionId,
          });
        });
      });
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

function resultOf(
  station: StationAggregate,
  command: Command,
  outcome: CallOutcome,
  request: StationRequest | undefined,
): CommandResultType {
  if (command.kind === 'STOP_SESSION') {
    const stillOpen = request?.kind === 'stop-transaction' && station.open.has(request.ocppTransactionId);
    return stopResult(outcome, stillOpen);
  }
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

function newStart(
  station: StationAggregate,
  partner: Partner,
  request: StartSessionCommand,
  target: Extract<StartTarget, { kind: 'found' }>,
  correlationId: string,
  requestKey: string,
  now: number,
  settings: CoreSettings,
): { command: Command; call: StationRequest } {
  const traits = station.connection?.traits ?? UNKNOWN_TRAITS;
  const { token } = request;
  // D4-005: a fresh tag for every command tells exactly which transaction answers it.
  const needsTag =
    !traits.typedTokens && (VIRTUAL_TYPES.has(token.type) || token.uid.length > traits.idTokenMaxLength);
  const idTag = needsTag ? newIdTag() : token.uid;
  const remoteStartId = station.state.remoteStartId + 1;
  const command: Command = {
    ...newCommand(
      'START_SESSION',
      partner,
      request,
      station.station.id,
      correlationId,
      requestKey,
      now,
      settings,
      target.owner,
    ),
    idTag,
    remoteStartId,
    ...(target.evseId === undefined ? {} : { evseId: target.evseId }),
    ...(target.connectorId === undefined ? {} : { connectorId: target.connectorId }),
  };
  return {
    command,
    call: {
      kind: 'start-transaction',
      remoteStartId,
      idToken: { idToken: idTag, type: idTokenType(token) },
      evseId: target.evseId,
      connectorId: target.connectorId,
      groupId: token.group_id,
    },
  };
}

function newCommand(
  kind: Command['kind'],
  partner: Partner,
  request: Command['request'],
  stationId: string,
  correlationId: string,
  requestKey: string,
  now: number,
  settings: CoreSettings,
  hostedParty: Command['hostedParty'],
): Command {
  return {
    id: randomUUID(),
    partnerId: partner.id,
    kind,
    stationId,
    request,
    requestKey,
    state: 'sent',
    correlationId,
    hostedParty,
    createdAt: now,
    windowEndsAt: now + settings.commandWindowMs,
  };
}

/** CO-11: a card named in a command is accepted for 15 minutes. */
const TOKEN_WINDOW_MS = 15 * 60_000;
/** D5-017: a charger without a connection may tell of the transaction this much later. */
const LATE_START_MS = 24 * 3_600_000;

function stillMatters(command: Command, now: number): boolean {
  return command.transactionId === undefined
    ? now < command.createdAt + LATE_START_MS
    : now < Math.max(command.windowEndsAt, command.createdAt + TOKEN_WINDOW_MS);
}

function keyOf(partner: Partner, responseUrl: string, body: unknown): string {
  return createHash('sha256')
    .update(`${partner.id}\0${responseUrl}\0${JSON.stringify(body)}`)
    .digest('base64url');
}
