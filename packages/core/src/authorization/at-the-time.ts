import { decideByWhitelist } from '@roambridge/domain';
import { accepted, type TokenDecision, type TokenQuestion } from './decision.js';
import type { OwnedToken } from './tokens.js';

/** The clocks of charger and eMSP may differ by this much. */
const CLOCK_TOLERANCE_MS = 60_000;

/**
 * D2-073: a start that a charger took while it was away is answered by the token as it is now, so that the charger ends
 * a transaction that may not go on. What was delivered by then is the eMSP's all the same, if its whitelist allowed the
 * token when it was presented.
 */
export function asAtTheTime(
  decision: TokenDecision,
  found: OwnedToken | undefined,
  { purpose, at }: TokenQuestion,
): TokenDecision {
  if (purpose !== 'start' || decision.grant || decision.answer.status === 'Accepted') return decision;
  const { token, previous, partnerId } = found ?? {};
  if (!token || !previous || partnerId === undefined) return decision;
  const changedSince = at + CLOCK_TOLERANCE_MS < Date.parse(token.last_updated);
  const knownThen = Date.parse(previous.last_updated) <= at + CLOCK_TOLERANCE_MS;
  if (!changedSince || !knownThen) return decision;
  if (decideByWhitelist(previous).status !== 'Accepted') return decision;
  const { grant } = accepted(previous, partnerId);
  return { ...decision, ...(grant ? { grant } : {}) };
}
