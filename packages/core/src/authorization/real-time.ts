import type { Partner } from '../model/partner.js';
import type { Clock } from '../ports/clock.js';
import type { Log } from '../ports/log.js';
import type { AuthorizationOutcome, AuthorizationQuestion, PartnerLink } from '../ports/partner-link.js';
import type { CoreSettings } from '../settings.js';
import { type Breaker, createBreaker } from './breaker.js';

/** Questions to one partner that wait for an answer, at most; above it the partner counts as unreachable. */
const MAX_WAITING = 64;
/** Less than this is not worth another request, ms. */
const SHORTEST_RETRY_MS = 50;

/** Real-time authorization: asks eMSPs, each behind its own breaker and bound, so that a slow one hurts no other. */
export interface RealTimeAuthorization {
  /** Never rejects; answers within RTA_TIMEOUT, all retries included. Equal questions under way share one request. */
  ask(partner: Partner, question: AuthorizationQuestion): Promise<AuthorizationOutcome>;
}

export function createRealTimeAuthorization(options: {
  clock: Clock;
  log: Log;
  settings: Pick<CoreSettings, 'rtaTimeoutMs'>;
  link: () => PartnerLink;
}): RealTimeAuthorization {
  const { clock, log, settings } = options;
  const partners = new Map<
    string,
    { breaker: Breaker; underWay: Map<string, Promise<AuthorizationOutcome>> }
  >();

  function stateOf(partnerId: string) {
    let state = partners.get(partnerId);
    if (!state) {
      state = { breaker: createBreaker(), underWay: new Map() };
      partners.set(partnerId, state);
    }
    return state;
  }

  async function request(
    partner: Partner,
    question: AuthorizationQuestion,
    timeoutMs: number,
  ): Promise<AuthorizationOutcome> {
    try {
      return await options.link().authorize(partner, question, timeoutMs);
    } catch (error) {
      log.error({ err: error, partner: partner.id }, 'authorization could not be asked for');
      return { kind: 'unreachable', detail: 'the question could not be put' };
    }
  }

  async function attempts(partner: Partner, question: AuthorizationQuestion): Promise<AuthorizationOutcome> {
    const startedAt = clock.now();
    const first = await request(partner, question, settings.rtaTimeoutMs);
    const retry = secondQuestion(question, first);
    const remainingMs = settings.rtaTimeoutMs - (clock.now() - startedAt);
    if (!retry || remainingMs < SHORTEST_RETRY_MS) return first;
    return request(partner, retry, remainingMs);
  }

  return {
    ask(partner, question) {
      const { breaker, underWay } = stateOf(partner.id);
      const key = JSON.stringify([question.uid.toLowerCase(), question.type, question.location ?? null]);
      const shared = underWay.get(key);
      if (shared) return shared;
      if (underWay.size >= MAX_WAITING) {
        return Promise.resolve({ kind: 'unreachable', detail: 'too many questions wait for this partner' });
      }
      if (!breaker.mayAsk(clock.now())) {
        return Promise.resolve({ kind: 'unreachable', detail: 'the partner did not answer lately' });
      }
      const answer = attempts(partner, question).then((outcome) => {
        underWay.delete(key);
        if (outcome.kind === 'unreachable') {
          breaker.failed(clock.now());
          log.warn({ partner: partner.id, detail: outcome.detail }, 'no answer to a real-time authorization');
        } else breaker.succeeded();
        return outcome;
      });
      underWay.set(key, answer);
      return answer;
    },
  };
}

/** What is asked after an answer that another question may improve; undefined = nothing. */
function secondQuestion(
  question: AuthorizationQuestion,
  outcome: AuthorizationOutcome,
): AuthorizationQuestion | undefined {
  // G45: some eMSPs keep contract ids without separators.
  const plain = question.uid.replaceAll('-', '');
  if (outcome.kind === 'unknown-token' && question.type === 'EMAID' && plain !== question.uid) {
    return { ...question, uid: plain };
  }
  return undefined;
}
