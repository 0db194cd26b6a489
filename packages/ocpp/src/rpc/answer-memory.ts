import type { EpochMs } from '@roambridge/domain';
import type { OcppLimits } from '../limits.js';

interface RememberedAnswer {
  messageId: string;
  action: string;
  /** Of the message, see {@link fingerprintOf}. */
  fingerprint: number;
  text: string;
  at: EpochMs;
}

type Limits = Pick<OcppLimits, 'rememberedAnswers' | 'rememberedStations' | 'rememberedAnswerMs'>;

/** The last answers to one charger; the next one takes the place of the oldest. */
interface StationAnswers {
  answers: RememberedAnswer[];
  next: number;
}

/**
 * The last answers to each charger, so that a repeated message (same id, same text) gets the answer that it got
 * before and is not executed again. Outlives connections, bounded in both directions.
 */
export class AnswerMemory {
  readonly #limits: Limits;
  readonly #stations = new Map<string, StationAnswers>();

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** The answer given before to this very message. */
  recall(stationId: string, messageId: string, fingerprint: number, now: EpochMs): string | undefined {
    for (const answer of this.#stations.get(stationId)?.answers ?? NONE) {
      if (answer.fingerprint !== fingerprint || answer.messageId !== messageId) continue;
      if (now - answer.at <= this.#limits.rememberedAnswerMs) return answer.text;
    }
    return undefined;
  }

  /** The message with this id that was answered lately; undefined = none is remembered. */
  actionOf(stationId: string, messageId: string): string | undefined {
    let latest: RememberedAnswer | undefined;
    for (const answer of this.#stations.get(stationId)?.answers ?? NONE) {
      if (answer.messageId === messageId && (latest === undefined || answer.at >= latest.at)) latest = answer;
    }
    return latest?.action;
  }

  remember(stationId: string, answer: RememberedAnswer): void {
    let known = this.#stations.get(stationId);
    if (!known) {
      known = { answers: [], next: 0 };
      this.#stations.set(stationId, known);
      evictOldest(this.#stations, this.#limits.rememberedStations);
    }
    known.answers[known.next] = answer;
    known.next = (known.next + 1) % this.#limits.rememberedAnswers;
  }

  /** A charger that boots may count its message ids from the start again. */
  forget(stationId: string): void {
    this.#stations.delete(stationId);
  }
}

const NONE: readonly RememberedAnswer[] = [];

function evictOldest(map: Map<string, unknown>, limit: number): void {
  if (map.size <= limit) return;
  const oldest = map.keys().next();
  if (!oldest.done) map.delete(oldest.value);
}

const { imul } = Math;

/** Bits of the second half that fit beside the first into a whole number. */
const LOW_BITS = 20;

/**
 * Tells equal messages from different ones: 52 bits of the whole text, made without a detour over bytes. It is
 * compared only between the last messages of one charger that have the same id.
 */
export function fingerprintOf(text: string): number {
  let a = 0xdeadbeef ^ text.length;
  let b = 0x41c6ce57 ^ text.length;
  for (let i = 0; i < text.length; i += 2) {
    a = imul(a ^ text.charCodeAt(i), 2654435761);
    // 0 behind the end.
    b = imul(b ^ text.charCodeAt(i + 1), 1597334677) ^ (b >>> 15);
  }
  return (a >>> 0) * 2 ** LOW_BITS + (b >>> (32 - LOW_BITS));
}
