import {
  type CdrToken,
  decideByWhitelist,
  type EpochMs,
  type Grant,
  type IdToken,
  normalizeIdToken,
  preferToken,
  type Token,
  type Transaction,
} from '@roambridge/domain';
import type { AuthorizationDecision } from '../edges/charger-edge.js';
import type { Command, CommandResultType, StartSessionCommand } from '../model/command.js';
import type { StationAggregate } from '../stations/aggregate.js';
import type { TokenBook } from './tokens.js';

/** D4-031: an answer that the charger must not keep. */
const NOT_CACHEABLE_MS = 1_000;
/** D4-031: how long the answer about an ALLOWED_OFFLINE token may be kept. */
const A_DAY_MS = 24 * 3_600_000;
/** CO-11: a card named in START_SESSION needs no further authorization for this long. */
const COMMAND_TOKEN_MS = 15 * 60_000;

export interface TokenQuestion {
  idToken: IdToken;
  /** When the token was presented; a charger may tell later. */
  at: EpochMs;
  now: EpochMs;
  /** The running transaction that the token is presented for. */
  transaction?: Transaction;
  evseId?: number;
  remoteStartId?: number;
  /** `start`: the token will pay for a transaction, so a command may be used up by it. */
  purpose: 'ask' | 'start';
}

export interface TokenDecision {
  answer: AuthorizationDecision;
  grant?: Grant;
  /** The START_SESSION to which the transaction belongs. */
  command?: Command;
}

/** D4.2 without real-time authorization: whether a presented token may charge, and on whose account. */
export async function decideToken(
  tokens: TokenBook,
  station: StationAggregate,
  question: TokenQuestion,
): Promise<TokenDecision> {
  const uid = normalizeIdToken(question.idToken.idToken);
  const own = question.transaction;
  if (own?.grant && own.idToken && sameToken(own.idToken.idToken, uid)) return grantedAgain(own.grant);
  const command = commandOf(station, question, uid);
  if (command) return grantedByCommand(command);
  // C-033: nothing to check, and no partner behind it.
  if (question.idToken.type === 'NoAuthorization' || question.idToken.type === 'Local') {
    return { answer: { status: 'Accepted' }, grant: { authMethod: 'WHITELIST' } };
  }
  if (uid === '') return { answer: { status: 'Invalid', expiresAt: question.now + NOT_CACHEABLE_MS } };
  // D4-051: nobody is asked about the token of a running transaction.
  const running = question.purpose === 'ask' ? runningGrant(station, uid) : undefined;
  if (running) return grantedAgain(running);
  const found = preferToken(await tokens.find(uid));
  if (!found) return { answer: { status: 'Unknown' } };
  const decision = decideByWhitelist(found.token);
  switch (decision.status) {
    case 'Accepted': {
      const granted = accepted(found.token, found.partnerId);
      if (decision.cacheable === 'a-day') granted.answer.expiresAt = question.now + A_DAY_MS;
      return granted;
    }
    case 'Blocked':
      return { answer: { status: 'Blocked' } };
    case 'Invalid':
      return { answer: { status: 'Invalid', expiresAt: question.now + NOT_CACHEABLE_MS } };
  }
}

function accepted(token: Token, partnerId: string): TokenDecision {
  const answer: AuthorizationDecision = { status: 'Accepted' };
  const grant: Grant = { partnerId, cdrToken: cdrToken(token), authMethod: 'WHITELIST' };
  if (token.group_id !== undefined) {
    answer.groupId = token.group_id;
    grant.groupId = token.group_id;
  }
  if (token.language !== undefined) answer.language = token.language;
  return { answer, grant };
}

function grantedByCommand(command: Command): TokenDecision {
  const request = command.request as StartSessionCommand;
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
    (candidate) => candidate.remoteStartId === remoteStartId && mayStart(candidate),
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

function mayStart(command: Command): boolean {
  return command.kind === 'START_SESSION' && !DEFINITE_REFUSALS.has(command.result);
}

/** D5-015: the START_SESSION that this token answers, the nearest first. */
function commandOf(station: StationAggregate, question: TokenQuestion, uid: string): Command | undefined {
  const candidates = station.commands.filter((command) => {
    if (!mayStart(command)) return false;
    if (question.purpose === 'start' && command.transactionId !== undefined) return false;
    if (question.remoteStartId !== undefined) return command.remoteStartId === question.remoteStartId;
    if (command.idTag === undefined || !sameToken(command.idTag, uid)) return false;
    if (question.evseId !== undefined && command.evseId !== undefined && command.evseId !== question.evseId) {
      return false;
    }
    // D5-017: a tag made for this one command belongs to it, however late; a card has its time.
    const isOwnTag = command.idTag !== (command.request as StartSessionCommand).token.uid;
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

function sameToken(presented: string, uid: string): boolean {
  return normalizeIdToken(presented).toLowerCase() === uid.toLowerCase();
}

/** D2-008: the token facts that a session and a CDR carry, in the original spelling. */
export function cdrToken(token: Token): CdrToken {
  const { country_code, party_id, uid, type, contract_id } = token;
  return { country_code, party_id, uid, type, contract_id };
}
