import {
  allowedEvses,
  decideByWhitelist,
  type EpochMs,
  STATUS_OF_ALLOWED,
  type Token,
} from '@roambridge/domain';
import type { AuthorizationPolicy, Partner } from '../model/partner.js';
import { speaksFor } from '../partners/hubs.js';
import type { StationAggregate } from '../stations/aggregate.js';
import type { RememberedAnswer } from './answers.js';
import { accepted, type TokenDecision, type TokenQuestion } from './decision.js';
import type { OwnedToken } from './tokens.js';

/** D4-031: an answer that the charger must not keep. */
export const NOT_CACHEABLE_MS = 1_000;
/** D4-031: how long the answer about an ALLOWED_OFFLINE token may be kept. */
const A_DAY_MS = 24 * 3_600_000;

/**
 * D4.2: the decision that an eMSP's answer, or its silence, leads to. `found` = the token as it was pushed,
 * `unreachable` = what its eMSP's silence means.
 */
export function decideByAnswer(
  station: StationAggregate,
  question: TokenQuestion,
  found: OwnedToken | undefined,
  answer: RememberedAnswer | undefined,
  partner: Partner | undefined,
  unreachable: NonNullable<AuthorizationPolicy['unreachable']>,
): TokenDecision {
  const { outcome } = answer ?? {};
  switch (outcome?.kind) {
    case 'answered': {
      if (outcome.allowed !== 'ALLOWED') {
        const refusal = refused(STATUS_OF_ALLOWED[outcome.allowed], question.now);
        if (outcome.info !== undefined) refusal.answer.message = outcome.info;
        return refusal;
      }
      const token = found?.token ?? answeredToken(outcome.token, partner);
      // Nobody could be billed for it.
      if (!token || !partner) return refused('Unknown', question.now);
      const decision = accepted(token, partner.id);
      const keptMs = KEPT_MS[token.whitelist];
      if (keptMs !== undefined) decision.answer.expiresAt = question.now + keptMs;
      if (outcome.info !== undefined) decision.answer.message = outcome.info;
      if (decision.grant) {
        decision.grant.authMethod = 'AUTH_REQUEST';
        if (outcome.authorizationReference !== undefined) {
          decision.grant.authorizationReference = outcome.authorizationReference;
        }
      }
      return narrowed(decision, station, question, outcome.location);
    }
    case 'unknown-token':
      return refused('Unknown', question.now);
    case 'not-enough-information':
      // TO-22: it was told where the token is presented, and there is no more to tell.
      return refused(found ? 'Invalid' : 'Unknown', question.now);
    case 'unreachable':
    case 'not-applicable':
    case undefined:
      return withoutAnswer(question, found, unreachable);
  }
}

/** D4.2, rows "unreachable". Nobody keeps such an answer (D4-031). */
function withoutAnswer(
  question: TokenQuestion,
  found: OwnedToken | undefined,
  unreachable: NonNullable<AuthorizationPolicy['unreachable']>,
): TokenDecision {
  if (!found) return { answer: { status: 'Unknown' } };
  const status =
    unreachable === 'accept' && found.token.valid ? 'Accepted' : decideByWhitelist(found.token).status;
  if (status !== 'Accepted') return refused(status, question.now);
  const decision = accepted(found.token, found.partnerId);
  decision.answer.expiresAt = question.now + NOT_CACHEABLE_MS;
  return decision;
}

function refused(status: TokenDecision['answer']['status'], now: EpochMs): TokenDecision {
  return { answer: { status, expiresAt: now + NOT_CACHEABLE_MS } };
}

const KEPT_MS = {
  ALWAYS: undefined,
  ALLOWED: undefined,
  ALLOWED_OFFLINE: A_DAY_MS,
  NEVER: NOT_CACHEABLE_MS,
} as const satisfies Record<Token['whitelist'], number | undefined>;

/** A token that only the answer brought; a partner speaks for its own parties, a hub for all behind it (S11). */
export function answeredToken(token: Token | undefined, partner: Partner | undefined): Token | undefined {
  if (!token || !partner) return undefined;
  return speaksFor(partner, token) ? token : undefined;
}

/** TO-26, C-032, D4-022: a limit to EVSEs is told where the protocol can, and refused where the token stands. */
function narrowed(
  decision: TokenDecision,
  station: StationAggregate,
  question: TokenQuestion,
  limit: Parameters<typeof allowedEvses>[2],
): TokenDecision {
  if (limit === undefined || station.bindings.size === 0) return decision;
  const open = [...station.bindings].filter(([, { location, evseUid }]) => {
    const evses = location.evses.filter(({ uid }) => uid === evseUid);
    return allowedEvses(location, evses, limit).length > 0;
  });
  const evseIds = open.map(([evseId]) => evseId).sort((a, b) => a - b);
  const here = question.evseId ?? question.transaction?.evseId;
  if (evseIds.length === 0 || (here !== undefined && !evseIds.includes(here))) {
    return refused('NotAtThisLocation', question.now);
  }
  if (evseIds.length < station.bindings.size) decision.answer.evseIds = evseIds;
  return decision;
}
