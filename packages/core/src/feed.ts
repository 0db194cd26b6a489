import { randomUUID } from './ids.js';
import type { Clock } from './ports/clock.js';
import type { FeedEvent, FeedTopic } from './ports/feed.js';

/** Events kept for browsers that come back. */
const KEPT_EVENTS = 2_000;

export interface Feed {
  /** `data` may be a function: it is called when somebody reads the event, and tells the state of that moment. */
  publish(topic: FeedTopic, data: unknown, stationId?: string): void;
  subscribe(
    options: { topics?: FeedTopic[]; stationIds?: string[]; resumeAfter?: { epoch: string; id: number } },
    listener: (event: FeedEvent) => void,
  ): { epoch: string; gap: boolean; end: () => void };
}

/** In-memory live feed: events are published after their commit and can be resumed within one run. */
export function createFeed(clock: Clock): Feed {
  const epoch = randomUUID().slice(0, 8);
  const kept: FeedEvent[] = [];
  const listeners = new Set<(event: FeedEvent) => void>();
  let lastId = 0;
  let forgottenUpTo = 0;
  return {
    publish(topic, data, stationId) {
      lastId += 1;
      const event = newEvent(lastId, epoch, clock.now(), topic, data, stationId);
      // Frames are in the journal: who comes back reads them there.
      if (topic !== 'frame') kept.push(event);
      // Trimmed in blocks: a shift per event would move the whole array each time.
      if (kept.length > 2 * KEPT_EVENTS) {
        const forgotten = kept.splice(0, kept.length - KEPT_EVENTS);
        forgottenUpTo = forgotten.at(-1)?.id ?? forgottenUpTo;
      }
      for (const listener of listeners) listener(event);
    },
    subscribe(options, listener) {
      const wanted = filter(options);
      const filtered = (event: FeedEvent) => {
        if (wanted(event)) listener(event);
      };
      const resume = options.resumeAfter;
      const gap = resume !== undefined && (resume.epoch !== epoch || resume.id < forgottenUpTo);
      if (resume && !gap) for (const event of kept) if (event.id > resume.id) filtered(event);
      listeners.add(filtered);
      return { epoch, gap, end: () => void listeners.delete(filtered) };
    },
  };
}

function newEvent(
  id: number,
  epoch: string,
  at: number,
  topic: FeedTopic,
  data: unknown,
  stationId: string | undefined,
): FeedEvent {
  const head = { id, epoch, at, topic, ...(stationId === undefined ? {} : { stationId }) };
  if (typeof data !== 'function') return { ...head, data };
  return {
    ...head,
    get data(): unknown {
      return data();
    },
  };
}

function filter(options: { topics?: FeedTopic[]; stationIds?: string[] }): (event: FeedEvent) => boolean {
  const topics = options.topics && new Set(options.topics);
  const stations = options.stationIds && new Set(options.stationIds);
  return (event) =>
    (topics === undefined || topics.has(event.topic)) &&
    (stations === undefined || (event.stationId !== undefined && stations.has(event.stationId)));
}
