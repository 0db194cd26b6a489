import type { EpochMs } from '@roambridge/domain';
import type { Clock } from '../ports/clock.js';
import type { Store } from '../ports/store.js';

const STORED_NAME = 'ended console sessions';
/** Ended sessions that are remembered; of more than these, those that would end first by themselves are forgotten. */
const KEPT = 1_000;

/** Sessions that somebody signed out of before their time was over; known after a restart too. */
export interface EndedSessions {
  has(label: string): boolean;
  /** Counts at once; resolves when it is durable. `until`: the session would have ended then by itself. */
  add(label: string, until: EpochMs): Promise<void>;
  load(): Promise<void>;
}

export function createEndedSessions(store: Pick<Store, 'settings'>, clock: Clock): EndedSessions {
  let ended = new Map<string, EpochMs>();
  let written: Promise<void> = Promise.resolve();

  return {
    has: (label) => ended.has(label),
    add(label, until) {
      const now = clock.now();
      const kept = [...ended.set(label, until)].filter(([, end]) => end > now).sort(([, a], [, b]) => b - a);
      ended = new Map(kept.slice(0, KEPT));
      // One after the other, so that the newest list is the one that stays.
      written = written
        .catch(() => undefined)
        .then(() => store.settings.put(STORED_NAME, JSON.stringify([...ended])));
      return written;
    },
    async load() {
      ended = new Map(readEntries(await store.settings.get(STORED_NAME)));
    },
  };
}

function readEntries(text: string | undefined): [string, EpochMs][] {
  const entries: unknown = text === undefined ? [] : JSON.parse(text);
  if (!Array.isArray(entries)) return [];
  return entries.flatMap((entry: unknown): [string, EpochMs][] => {
    if (!Array.isArray(entry)) return [];
    const [label, until]: unknown[] = entry;
    return typeof label === 'string' && typeof until === 'number' ? [[label, until]] : [];
  });
}
