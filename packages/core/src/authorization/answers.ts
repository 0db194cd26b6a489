import type { EpochMs } from '@roambridge/domain';
import type { AuthorizationOutcome } from '../ports/partner-link.js';

/** Answers kept, at most; the oldest goes first. */
const KEPT_ANSWERS = 50_000;
/** D4-021: a driver who presents a refused token again is asked about again, but not more often than this. */
const REFUSAL_COUNTS_MS = 10_000;

/** What an eMSP said about a token at a station (D4-050 AuthGrant). */
export interface RememberedAnswer {
  at: EpochMs;
  /** Absent when nobody could be asked. */
  partnerId?: string;
  outcome: AuthorizationOutcome;
  /** EVSEs that the question named; empty = the station belongs to no location. */
  evseUids: readonly string[];
}

/** D4-021: what eMSPs answered lately, so that Authorize and the start that follows it ask once. In memory only. */
export interface AnswerMemory {
  /** `evseUid` = where the token will charge, where that is known. */
  recall(
    key: { stationId: string; uid: string },
    need: { purpose: 'ask' | 'start'; evseUid: string | undefined; now: EpochMs },
  ): RememberedAnswer | undefined;
  remember(key: { stationId: string; uid: string }, answer: RememberedAnswer): void;
  /** The eMSP told something new about the token. */
  forget(uid: string): void;
}

export function createAnswerMemory(reuseMs: number): AnswerMemory {
  const answers = new Map<string, RememberedAnswer>();
  const stationsOf = new Map<string, Set<string>>();
  const keyOf = ({ stationId, uid }: { stationId: string; uid: string }) =>
    `${uid.toLowerCase()}\0${stationId}`;

  function drop(key: string): void {
    answers.delete(key);
    const uid = key.slice(0, key.indexOf('\0'));
    const keys = stationsOf.get(uid);
    keys?.delete(key);
    if (keys?.size === 0) stationsOf.delete(uid);
  }

  return {
    recall(key, { purpose, evseUid, now }) {
      const answer = answers.get(keyOf(key));
      if (!answer) return undefined;
      const age = now - answer.at;
      if (age >= reuseMs) {
        drop(keyOf(key));
        return undefined;
      }
      // An answer about one EVSE says nothing about another one.
      if (evseUid !== undefined && answer.evseUids.length > 0 && !answer.evseUids.includes(evseUid))
        return undefined;
      return age < lifeOf(answer.outcome, purpose, reuseMs) ? answer : undefined;
    },
    remember(key, answer) {
      const text = keyOf(key);
      drop(text);
      answers.set(text, answer);
      const uid = key.uid.toLowerCase();
      const keys = stationsOf.get(uid) ?? new Set();
      stationsOf.set(uid, keys.add(text));
      const oldest = answers.size > KEPT_ANSWERS ? answers.keys().next().value : undefined;
      if (oldest !== undefined) drop(oldest);
    },
    forget(uid) {
      for (const key of [...(stationsOf.get(uid.toLowerCase()) ?? [])]) drop(key);
    },
  };
}

/** How long an answer counts; one that never came only spares the start that follows the same wait. */
function lifeOf(outcome: AuthorizationOutcome, purpose: 'ask' | 'start', reuseMs: number): number {
  if (outcome.kind === 'answered') {
    return outcome.allowed === 'ALLOWED' || purpose === 'start' ? reuseMs : REFUSAL_COUNTS_MS;
  }
  if (outcome.kind === 'unknown-token' || outcome.kind === 'not-enough-information') {
    return purpose === 'start' ? reuseMs : REFUSAL_COUNTS_MS;
  }
  return purpose === 'start' ? REFUSAL_COUNTS_MS : 0;
}
