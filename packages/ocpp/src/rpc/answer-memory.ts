import { hash } from 'node:crypto';
import type { EpochMs } from '@roambridge/domain';
import type { OcppLimits } from '../limits.js';

interface RememberedAnswer {
  fingerprint: string;
  text: string;
  at: EpochMs;
}

type Limits = Pick<OcppLimits, 'rememberedAnswers' | 'rememberedStations' | 'rememberedAnswerMs'>;

/**
 * The last answers to each charger, so that a repeated message (same id, same text) gets the answer that it got
 * before and is not executed again. Outlives connections, bounded in both directions.
 */
export class AnswerMemory {
  readonly #limits: Limits;
  readonly #stations = new Map<string, Map<string, RememberedAnswer>>();

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** The answer given before to this very message. */
  recall(stationId: string, messageId: string, fingerprint: string, now: EpochMs): string | undefined {
    const answer = this.#stations.get(stationId)?.get(messageId);
    if (!answer || answer.fingerprint !== fingerprint) return undefined;
    return now - answer.at <= this.#limits.rememberedAnswerMs ? answer.text : undefined;
  }

  remember(stationId: string, messageId: string, answer: RememberedAnswer): void {
    let answers = this.#stations.get(stationId);
    if (!answers) {
      answers = new Map();
      this.#stations.set(stationId, answers);
      evictOldest(this.#stations, this.#limits.rememberedStations);
    }
    // Deleted first: a map keeps the order of insertion, and the oldest answer goes first.
    answers.delete(messageId);
    answers.set(messageId, answer);
    evictOldest(answers, this.#limits.rememberedAnswers);
  }

  /** A charger that boots may count its message ids from the start again. */
  forget(stationId: string): void {
    this.#stations.delete(stationId);
  }
}

function evictOldest(map: Map<string, unknown>, limit: number): void {
  if (map.size <= limit) return;
  const oldest = map.keys().next();
  if (!oldest.done) map.delete(oldest.value);
}

/** Tells equal messages from different ones; the whole text, since the id must be equal too. */
export function fingerprintOf(text: string): string {
  return hash('sha1', text, 'base64');
}
