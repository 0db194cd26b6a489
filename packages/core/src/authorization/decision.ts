import type { CdrToken, EpochMs, Grant, IdToken, Token, Transaction } from '@roambridge/domain';
import type { AuthorizationDecision } from '../edges/charger-edge.js';
import type { Command } from '../model/command.js';
import type { AuthorizationQuestion } from '../ports/partner-link.js';

export interface TokenQuestion {
  idToken: IdToken;
  /** When the token was presented; a charger may tell later. */
  at: EpochMs;
  now: EpochMs;
  /** The running transaction that the token is presented for. */
  transaction?: Transaction;
  evseId?: number;
  remoteStartId?: number;
  /** The reservation that the charger says is used. */
  reservationId?: number;
  /** `start`: the token will pay for a transaction, so a command may be used up by it. */
  purpose: 'ask' | 'start';
}

export interface TokenDecision {
  answer: AuthorizationDecision;
  grant?: Grant;
  /** The command to which the transaction belongs. */
  command?: Command;
  /** The rules want an eMSP asked, and none was lately: the decision is the one for a partner that is not reached. */
  ask?: OpenQuestion;
}

/** Whom to ask about a token, and what. */
export interface OpenQuestion {
  /** Key of the answer: the token as it was presented. */
  uid: string;
  /** In the order in which their answers count. */
  partnerIds: string[];
  question: AuthorizationQuestion;
  /** Nobody pushed the token: an eMSP that knows it tells it. */
  unknown: boolean;
}

/** A token that may charge on the account of its partner. */
export function accepted(token: Token, partnerId: string): TokenDecision {
  const answer: AuthorizationDecision = { status: 'Accepted' };
  const grant: Grant = { partnerId, cdrToken: cdrToken(token), authMethod: 'WHITELIST' };
  if (token.group_id !== undefined) {
    answer.groupId = token.group_id;
    grant.groupId = token.group_id;
  }
  if (token.language !== undefined) answer.language = token.language;
  return { answer, grant };
}

/** D2-008: the token facts that a session and a CDR carry, in the original spelling. */
export function cdrToken(token: Token): CdrToken {
  const { country_code, party_id, uid, type, contract_id } = token;
  return { country_code, party_id, uid, type, contract_id };
}
