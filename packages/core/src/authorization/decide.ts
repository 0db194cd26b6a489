import {
  type CdrToken,
  decideByWhitelist,
  type EpochMs,
  type Grant,
  type IdToken,
  normalizeIdToken,
  preferToken,
  type Token,
} from '@roambridge/domain';
import type { AuthorizationDecision } from '../edges/charger-edge.js';
import type { Command, StartSessionCommand } from '../model/command.js';
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
  at: EpochMs;
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
  const command = commandOf(station, question, uid);
  if (command) return grantedByCommand(command);
  // C-033: nothing to check, and no partner behind it.
  if (question.idToken.type === 'NoAuthorization' || question.idToken.type === 'Local') {
    return { answer: { status: 'Accepted' }, grant: { authMethod: 'WHITELIST' } };
  }
  if (uid === '') return { answer: { status: 'Invalid', expiresAt: question.at + NOT_CACHEABLE_MS } };
  const found = preferToken(await tokens.find(uid));
  if (!found) return { answer: { status: 'Unknown' } };
  // D4-051: the token of a running transaction is asked about nobody.
  if (question.purpose === 'ask' && runsHere(station, uid)) return accepted(found.token, found.partnerId);
  const decision = decideByWhitelist(found.token);
  switch (decision.status) {
    case 'Accepted': {
      const granted = accepted(found.token, found.partnerId);
      if (decision.cacheable === 'a-day') granted.answer.expiresAt = question.at + A_DAY_MS;
      return granted;
    }
    case 'Blocked':
      return { answer: { status: 'Blocked' } };
    case 'Invalid':
      return { answer: { status: 'Invalid', expiresAt: question.at + NOT_CACHEABLE_MS } };
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

/** D5-015: the START_SESSION that this token answers, the nearest first. */
function commandOf(station: StationAggregate, question: TokenQuestion, uid: string): Command | undefined {
  const candidates = station.commands.filter((command) => {
    if (command.kind !== 'START_SESSION' || command.result === 'REJECTED') return false;
    if (question.at - command.createdAt > COMMAND_TOKEN_MS) return false;
    if (
      question.purpose === 'start' &&
      (command.transactionId !== undefined || question.at > command.windowEndsAt)
    ) {
      return false;
    }
    if (question.remoteStartId !== undefined) return command.remoteStartId === question.remoteStartId;
    if (command.idTag?.toLowerCase() !== uid.toLowerCase()) return false;
    return (
      question.evseId === undefined || command.evseId === undefined || command.evseId === question.evseId
    );
  });
  return candidates.at(-1);
}

function runsHere(station: StationAggregate, uid: string): boolean {
  for (const { transaction } of station.open.values()) {
    if (
      transaction.idToken &&
      normalizeIdToken(transaction.idToken.idToken).toLowerCase() === uid.toLowerCase()
    ) {
      return transaction.grant !== undefined;
    }
  }
  return false;
}

/** D2-008: the token facts that a session and a CDR carry, in the original spelling. */
export function cdrToken(token: Token): CdrToken {
  const { country_code, party_id, uid, type, contract_id } = token;
  return { country_code, party_id, uid, type, contract_id };
}
