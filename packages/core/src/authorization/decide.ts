import {
  decideByWhitelist,
  type Grant,
  normalizeEmaid,
  normalizeIdToken,
  preferToken,
  uidSpellings,
} from '@roambridge/domain';
import type { Command, CommandResultType, TokenCommand } from '../model/command.js';
import type { Log } from '../ports/log.js';
import { claimedReservation } from '../reservations/use-reservation.js';
import type { StationAggregate } from '../stations/aggregate.js';
import { quirksOf } from '../stations/quirks-in-force.js';
import type { AnswerMemory } from './answers.js';
import { asAtTheTime } from './at-the-time.js';
import { decideByAnswer, NOT_CACHEABLE_MS } from './by-answer.js';
import { accepted, type TokenDecision, type TokenQuestion } from './decision.js';
import { decideLocally, type LocalTokens } from './local-tokens.js';
import { policyFor } from './policy.js';
import type { OwnedToken, TokenBook } from './tokens.js';
import { type AskPorts, whomToAsk } from './whom-to-ask.js';

/** CO-11: a card named in START_SESSION needs no further authorization for this long. */
const COMMAND_TOKEN_MS = 15 * 60_000;
/** D4-002: a station with this quirk reads cards in another byte order or base. */
const UID_VARIANTS = 'uid_variants';

export interface DecidePorts extends AskPorts {
  tokens: TokenBook;
  localTokens: LocalTokens;
  answers: AnswerMemory;
  log: Log;
  policy: AskPorts['policy'] & { localTokensFirst: boolean };
}

/**
 * D4.2: whether a presented token may charge, and on whose account. Asks nobody: where the rules want the eMSP asked it
 * goes by what was answered lately, or tells in `ask` what is missing.
 */
export async function decideToken(
  ports: DecidePorts,
  station: StationAggregate,
  question: TokenQuestion,
): Promise<TokenDecision> {
  const uid = normalizeIdToken(question.idToken.idToken);
  const own = question.transaction;
  if (own?.grant && own.idToken && sameToken(own.idToken.idToken, uid)) return grantedAgain(own.grant);
  const command = commandOf(station, question, uid);
  if (command) return grantedByCommand(command);
  const spellings = uidSpellings(question.idToken.idToken, {
    type: question.idToken.type,
    variants: quirksOf(station.station, station.state).includes(UID_VARIANTS),
  });
  const local = ports.localTokens.find(spellings);
  // C-033: nothing to check, and no partner behind it; but a card that the operator blocked stays blocked.
  if (question.idToken.type === 'NoAuthorization' || question.idToken.type === 'Local') {
    return local
      ? decideLocally(local, question.now)
      : { answer: { status: 'Accepted' }, grant: { authMethod: 'WHITELIST' } };
  }
  if (uid === '') return { answer: { status: 'Invalid', expiresAt: question.now + NOT_CACHEABLE_MS } };
  // D4-051: nobody is asked about the token of a running transaction.
  const running = question.purpose === 'ask' ? runningGrant(station, uid) : undefined;
  if (running) return grantedAgain(running);
  if (local && ports.policy.localTokensFirst) return decideLocally(local, question.now);
  const found = await lookUp(ports, spellings, question.idToken.type);
  const reserved = reservedFor(station, question, uid);
  // CO-11: for its time nobody is asked about a card that was named; one that may charge anyway does so by itself.
  if (reserved && isRecent(reserved, question, uid)) {
    const byItself = found?.partnerId === reserved.partnerId ? byWhitelist(found) : undefined;
    return byItself?.grant ? withReference(byItself, reserved) : grantedByCommand(reserved);
  }
  const shared = found && groupGrant(station, question, found);
  if (shared) return grantedAgain(shared);
  if (!found && local) return decideLocally(local, question.now);
  const judged = withGroup(await decideRoaming(ports, station, question, uid, found), found);
  const decision = asAtTheTime(judged, found, question);
  return reserved && decision.grant?.partnerId === reserved.partnerId
    ? withReference(decision, reserved)
    : decision;
}

/** C-031: the group is told with every answer about a token that has one. */
function withGroup(decision: TokenDecision, found: OwnedToken | undefined): TokenDecision {
  const groupId = found?.token.group_id;
  if (groupId === undefined || decision.answer.groupId !== undefined) return decision;
  return { ...decision, answer: { ...decision.answer, groupId } };
}

/** D5-044: the RESERVE_NOW of the reservation that is used, where this is the token that it was made for. */
function reservedFor(
  station: StationAggregate,
  { purpose, transaction, ...question }: TokenQuestion,
  uid: string,
): TokenCommand | undefined {
  if (purpose !== 'start') return undefined;
  const reservation = claimedReservation(station, {
    at: question.at,
    idToken: question.idToken,
    evseId: question.evseId ?? transaction?.evseId,
    reservationId: question.reservationId ?? transaction?.reservationId,
  });
  return reservation && sameToken(reservation.idToken.idToken, uid)
    ? reservation.partner?.command
    : undefined;
}

/** A tag that was made for the reservation has no other time than the reservation. */
function isRecent(command: TokenCommand, question: TokenQuestion, uid: string): boolean {
  return !sameToken(command.request.token.uid, uid) || question.at - command.createdAt <= COMMAND_TOKEN_MS;
}

/** A newer reference of the eMSP's own counts more (D2-007). */
function withReference(decision: TokenDecision, { request }: TokenCommand): TokenDecision {
  const { authorization_reference: reference } = request;
  if (!decision.grant || reference === undefined) return decision;
  return { ...decision, grant: { authorizationReference: reference, ...decision.grant } };
}

/** D4-002: the first spelling under which any partner knows the token. */
async function lookUp(
  { tokens, log }: DecidePorts,
  spellings: readonly string[],
  type: string,
): Promise<OwnedToken | undefined> {
  for (const spelling of spellings) {
    const candidates = await tokens.find(spelling);
    const preferred = preferToken(candidates, type);
    if (!preferred) continue;
    const owners = new Set(candidates.map(({ partnerId }) => partnerId));
    // D4-003
    if (owners.size > 1) log.info({ partners: [...owners], chosen: preferred.partnerId }, 'AMBIGUOUS_UID');
    return preferred;
  }
  // D4-006: an eMSP may have pushed the contract under a uid of its own.
  const emaid = type === 'eMAID' ? normalizeEmaid(spellings[0] ?? '') : undefined;
  return emaid === undefined ? undefined : preferToken(await tokens.findContract(emaid), type);
}

async function decideRoaming(
  ports: DecidePorts,
  station: StationAggregate,
  question: TokenQuestion,
  uid: string,
  found: OwnedToken | undefined,
): Promise<TokenDecision> {
  const ask = whomToAsk(ports, station, question, uid, found);
  if (!ask) return found ? byWhitelist(found) : { answer: { status: 'Unknown' } };
  const evseId = question.evseId ?? question.transaction?.evseId;
  const answer = ports.answers.recall(
    { stationId: station.station.id, uid },
    {
      purpose: question.purpose,
      evseUid: evseId === undefined ? undefined : station.bindings.get(evseId)?.evseUid,
      now: question.now,
    },
  );
  const partner = answer?.partnerId === undefined ? undefined : ports.partners.get(answer.partnerId);
  const { unreachable } = policyFor(found && ports.partners.get(found.partnerId), ports.policy);
  const decision = decideByAnswer(station, question, found, answer, partner, unreachable);
  return answer ? decision : { ...decision, ask };
}

/** ALWAYS, and ALLOWED by the local policy: the eMSP is not asked. */
function byWhitelist(found: OwnedToken): TokenDecision {
  const { status } = decideByWhitelist(found.token);
  return status === 'Accepted' ? accepted(found.token, found.partnerId) : { answer: { status } };
}

function grantedByCommand(command: TokenCommand): TokenDecision {
  const { request } = command;
  const granted = accepted(request.token, command.partnerId);
  return {
    ...granted,
    command,
    grant: {
      ...granted.grant,
      authMethod: 'COMMAND',
      commandId: command.id,
      ...(request.authorization_reference === undefined
        ? {}
        : { authorizationReference: request.authorization_reference }),
    },
  };
}

/** The transaction that a charger started for the command with this id. */
export function decideByCommand(station: StationAggregate, remoteStartId: number): TokenDecision | undefined {
  const command = station.commands.find(
    (candidate): candidate is StartSession =>
      candidate.remoteStartId === remoteStartId && mayStart(candidate),
  );
  return command && grantedByCommand(command);
}

/** A token that already pays here. */
function grantedAgain(grant: Grant): TokenDecision {
  return {
    answer: { status: 'Accepted', ...(grant.groupId === undefined ? {} : { groupId: grant.groupId }) },
    grant,
  };
}

/** Results after which no transaction can follow: the charger said no. */
const DEFINITE_REFUSALS: ReadonlySet<CommandResultType | undefined> = new Set([
  'REJECTED',
  'EVSE_OCCUPIED',
  'EVSE_INOPERATIVE',
  'NOT_SUPPORTED',
] as const);

type StartSession = Extract<Command, { kind: 'START_SESSION' }>;

function mayStart(command: Command): command is StartSession {
  return command.kind === 'START_SESSION' && !DEFINITE_REFUSALS.has(command.result);
}

/** CO-11: nobody is asked about a token that was named in a command; a reservation starts nothing by itself. */
function mayName(command: Command, purpose: TokenQuestion['purpose']): command is TokenCommand {
  if (command.kind === 'RESERVE_NOW') return purpose === 'ask' && !DEFINITE_REFUSALS.has(command.result);
  return mayStart(command);
}

/** D5-015: the START_SESSION that this token answers, the nearest first. */
function commandOf(
  station: StationAggregate,
  question: TokenQuestion,
  uid: string,
): TokenCommand | undefined {
  const candidates = station.commands.filter((command): command is TokenCommand => {
    if (!mayName(command, question.purpose)) return false;
    if (question.purpose === 'start' && command.transactionId !== undefined) return false;
    if (question.remoteStartId !== undefined) return command.remoteStartId === question.remoteStartId;
    if (command.idTag === undefined || !sameToken(command.idTag, uid)) return false;
    if (question.evseId !== undefined && command.evseId !== undefined && command.evseId !== question.evseId) {
      return false;
    }
    // D5-017: a tag made for this one command belongs to it, however late; a card has its time.
    const isOwnTag = command.idTag !== command.request.token.uid;
    if (isOwnTag) return true;
    return question.purpose === 'start'
      ? question.at <= command.windowEndsAt
      : question.at - command.createdAt <= COMMAND_TOKEN_MS;
  });
  return candidates.at(-1);
}

function runningGrant(station: StationAggregate, uid: string): Grant | undefined {
  for (const { transaction } of station.open.values()) {
    if (transaction.idToken && sameToken(transaction.idToken.idToken, uid)) return transaction.grant;
  }
  return undefined;
}

/** D4-051, TO-10: a member of the group of a running transaction may stop it; nobody is asked. */
function groupGrant(
  station: StationAggregate,
  question: TokenQuestion,
  { partnerId, token }: OwnedToken,
): Grant | undefined {
  if (token.group_id === undefined || !token.valid) return undefined;
  const transactions =
    question.transaction !== undefined
      ? [question.transaction]
      : question.purpose === 'ask'
        ? [...station.open.values()].map(({ transaction }) => transaction)
        : [];
  return transactions.find(
    ({ grant }) =>
      grant?.partnerId === partnerId &&
      grant.groupId !== undefined &&
      grant.groupId.toLowerCase() === token.group_id?.toLowerCase(),
  )?.grant;
}

function sameToken(presented: string, uid: string): boolean {
  return normalizeIdToken(presented).toLowerCase() === uid.toLowerCase();
}
