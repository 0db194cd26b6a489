import type { Clock } from '../ports/clock.js';
import type { AuthorizationOutcome } from '../ports/partner-link.js';
import type { CoreSettings } from '../settings.js';
import type { StationAggregate } from '../stations/aggregate.js';
import type { StationRegistry } from '../stations/registry.js';
import type { RememberedAnswer } from './answers.js';
import { answeredToken } from './by-answer.js';
import { type DecidePorts, decideByCommand, decideToken } from './decide.js';
import type { OpenQuestion, TokenDecision, TokenQuestion } from './decision.js';
import { policyFor } from './policy.js';
import type { RealTimeAuthorization } from './real-time.js';

/** D4-030: decisions kept for a time without a database, and how many at most. */
const REMEMBERED_MS = 24 * 3_600_000;
const REMEMBERED_DECISIONS = 10_000;
/** D4-032: older transactions lost their stop and lock nobody out. */
const ACTIVE_MS = 24 * 3_600_000;

export interface AuthorizerPorts extends DecidePorts {
  clock: Clock;
  realTime: RealTimeAuthorization;
  registry: () => StationRegistry;
  settings: Pick<CoreSettings, 'failOpen'>;
}

/** Whether tokens may charge (D4). */
export interface Authorizer {
  /**
   * Asks the eMSP where the rules want it; its answer is remembered for `decide`. Called outside of the station's
   * queue, so that nothing else of the station waits for a partner.
   */
  prepare(stationId: string, question: TokenQuestion): Promise<void>;
  decide(station: StationAggregate, question: TokenQuestion): Promise<TokenDecision>;
  byCommand(station: StationAggregate, remoteStartId: number): TokenDecision | undefined;
  /** D4-030: what is answered when nothing can be looked up or stored. */
  inEmergency(question: TokenQuestion): TokenDecision;
}

export function createAuthorizer(ports: AuthorizerPorts): Authorizer {
  const { answers, clock, partners, policy, realTime, settings, tokens } = ports;
  const decided = new Map<string, { at: number; decision: TokenDecision }>();

  function note(question: TokenQuestion, decision: TokenDecision): void {
    const key = question.idToken.idToken.toLowerCase();
    decided.delete(key);
    decided.set(key, { at: question.now, decision });
    const oldest = decided.size > REMEMBERED_DECISIONS ? decided.keys().next().value : undefined;
    if (oldest !== undefined) decided.delete(oldest);
  }

  async function answerTo(ask: OpenQuestion): Promise<RememberedAnswer> {
    const evseUids = ask.question.location?.evseUids ?? [];
    const at = clock.now();
    const asked = await Promise.all(
      ask.partnerIds.map(async (partnerId) => {
        const partner = partners.get(partnerId);
        const outcome: AuthorizationOutcome = partner
          ? await realTime.ask(partner, ask.question)
          : { kind: 'not-applicable', detail: 'the partner is gone' };
        return { partnerId, partner, outcome };
      }),
    );
    // The first that knows the token; then the first that could not be asked: it may have known it.
    const best =
      asked.find(({ outcome }) => outcome.kind === 'answered') ??
      asked.find(({ outcome }) => outcome.kind !== 'unknown-token') ??
      asked[0];
    if (!best) return { at, outcome: { kind: 'unknown-token' }, evseUids };
    const { partnerId, partner, outcome } = best;
    if (ask.unknown && outcome.kind === 'answered' && partner) {
      const learned = answeredToken(outcome.token, partner);
      // D4.2: a token that a hub or eMSP told is known from now on; contracts are not kept (TO-11).
      if (learned && ask.question.type !== 'EMAID') await tokens.put(partnerId, learned);
    }
    return { at, partnerId, outcome, evseUids };
  }

  function isBusy(station: StationAggregate, question: TokenQuestion, decision: TokenDecision): boolean {
    const uid = decision.grant?.cdrToken?.uid.toLowerCase();
    if (question.purpose !== 'start' || uid === undefined) return false;
    const partner = partners.get(decision.grant?.partnerId ?? '');
    if (policyFor(partner, policy).concurrentSessions === 'allow') return false;
    const since = question.now - ACTIVE_MS;
    for (const { open } of ports.registry().loaded()) {
      for (const { transaction } of open.values()) {
        const { grant, endedAt, startedAt, id, evseId } = transaction;
        if (endedAt !== undefined || startedAt < since || id === question.transaction?.id) continue;
        const isSame =
          grant?.partnerId === decision.grant?.partnerId && grant?.cdrToken?.uid.toLowerCase() === uid;
        const isElsewhere = transaction.stationId !== station.station.id || evseId !== question.evseId;
        if (isSame && isElsewhere) return true;
      }
    }
    return false;
  }

  return {
    async prepare(stationId, question) {
      const station =
        ports.registry().peek(stationId) ?? (await ports.registry().run(stationId, async (loaded) => loaded));
      const { ask } = await decideToken(ports, station, question);
      if (ask) answers.remember({ stationId, uid: ask.uid }, await answerTo(ask));
    },
    async decide(station, question) {
      const decision = await decideToken(ports, station, question);
      // D4-032
      if (decision.answer.status === 'Accepted' && isBusy(station, question, decision)) {
        return { answer: { status: 'ConcurrentTx' } };
      }
      note(question, decision);
      return decision;
    },
    byCommand: decideByCommand,
    inEmergency(question) {
      const known = decided.get(question.idToken.idToken.toLowerCase());
      if (known && question.now - known.at < REMEMBERED_MS) return known.decision;
      return {
        answer: { status: settings.failOpen ? 'Accepted' : 'Invalid', expiresAt: question.now },
      };
    },
  };
}
