import { randomUUID } from './ids.js';
import type { Clock } from './ports/clock.js';
import type { FeedEvent, FeedTopic } from './ports/feed.js';

/** Events kept for browsers that come back. */
const KEPT_EVENTS = 2_000;

export interface Feed {
  /** `data` may be a function: it is called when somebody is told of the event, and tells the state of that moment. */
  publish(topic: FeedTopic, data: unknown, stationId?: string): void;
  subscribe(
    options: { topics?: FeedTopic[]; stationIds?: string[]; resumeAfter?: { epoch: string; id: number } },
    listener: (event: FeedEvent) => void,
  ): { epoch: string; gap: boolean; end: () => void };
}

/** In-memory live feed: events are published after their commit and can be resumed within one run. */
export function createFeed(clock: Clock): Feed {
  const epoch = randomUUID().slice(0, 8);
  const kept: Published[] = [];
  const listeners = new Set<Listener>();
  let lastId = 0;
  let forgottenUpTo = 0;
  return {
    publish(topic, data, stationId) {
      lastId += 1;
      // Frames are in the journal: who comes back reads them there.
      if (topic === 'frame' && !isWanted(listeners, topic, stationId)) return;
      const published: Published = { id: lastId, at: clock.now(), topic, data, stationId };
      if (topic !== 'frame') kept.push(published);
      // Trimmed in blocks: a shift per event would move the whole array each time.
      if (kept.length > 2 * KEPT_EVENTS) {
        const forgotten = kept.splice(0, kept.length - KEPT_EVENTS);
        forgottenUpTo = forgotten.at(-1)?.id ?? forgottenUpTo;
      }
      for (const { wants, tell } of listeners) if (wants(topic, stationId)) tell(eventOf(published, epoch));
    },
    subscribe(options, listener) {
      const own: Listener = { wants: filter(options), tell: listener };
      const resume = options.resumeAfter;
      const gap = resume !== undefined && (resume.epoch !== epoch || resume.id < forgottenUpTo);
      if (resume && !gap) {
        for (const published of kept) {
          const { id, topic, stationId } = published;
          if (id > resume.id && own.wants(topic, stationId)) listener(eventOf(published, epoch));
        }
      }
      listeners.add(own);
      return { epoch, gap, end: () => void listeners.delete(own) };
    },
  };
}

interface Listener {
  wants: (topic: FeedTopic, stationId: string | undefined) => boolean;
  tell: (event: FeedEvent) => void;
}

function isWanted(listeners: Iterable<Listener>, topic: FeedTopic, stationId: string | undefined): boolean {
  for (const { wants } of listeners) if (wants(topic, stationId)) return true;
  return false;
}

/** What was published; the data of its event are made when somebody is told of it. */
interface Published {
  id: number;
  at: number;
  topic: FeedTopic;
  data: unknown;
  stationId: string | undefined;
}

function eventOf({ id, at, topic, data, stationId }: Published, epoch: string): FeedEvent {
  const event: FeedEvent = { id, epoch, at, topic, data: typeof data === 'function' ? data() : data };
  if (stationId !== undefined) event.stationId = stationId;
  return event;
}

function filter(options: { topics?: FeedTopic[]; stationIds?: string[] }): Listener['wants'] {
  const topics = options.topics && new Set(options.topics);
  const stations = options.stationIds && new Set(options.stationIds);
  return (topic, stationId) =>
    (topics === undefined || topics.has(topic)) &&
    (stations === undefined || (stationId !== undefined && stations.has(stationId)));
}
