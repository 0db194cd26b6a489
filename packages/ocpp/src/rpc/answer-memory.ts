import type { EpochMs } from '@roambridge/domain';
import type { OcppLimits } from '../limits.js';

interface RememberedAnswer {
  action: string;
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

  /** The message with this id that was answered lately; undefined = none is remembered. */
  actionOf(stationId: string, messageId: string): string | undefined {
    return this.#stations.get(stationId)?.get(messageId)?.action;
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

const { imul } = Math;

/**
 * Tells equal messages from different ones. 128 bits of the whole text, made without a detour over bytes: it is
 * compared only between messages of one charger with the same id.
 */
export function fingerprintOf(text: string): string {
  let a = 0xdeadbeef ^ text.length;
  let b = 0x41c6ce57 ^ text.length;
  let c = 0x9e3779b9;
  let d = 0x85ebca6b;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    a = imul(a ^ code, 2654435761);
    b = imul(b ^ code, 1597334677);
    c = imul(c ^ (code + i), 2246822519);
    d = imul(d + code, 3266489917) ^ (d >>> 15);
  }
  return `${a >>> 0}.${b >>> 0}.${c >>> 0}.${d >>> 0}`;
}
