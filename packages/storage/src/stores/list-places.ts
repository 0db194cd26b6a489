import type { EpochMs } from '@roambridge/domain';

/** Places that are kept; the oldest go first. */
const MAX_PLACES = 1_000;
/** A list is read on within this time, or counted anew. */
const KEPT_MS = 10 * 60_000;

/** Where a page ended, and how many objects the list had then. */
export interface Place {
  after: string;
  total: number;
}

/**
 * Partners that compute `offset` themselves go on where their last page ended, like those that follow the link: what
 * came to match or ceased to meanwhile shifts nothing, and nothing is counted or skipped again.
 */
export interface ListPlaces {
  /** `list` names the list with its filters. */
  at(list: string, offset: number): Place | undefined;
  note(list: string, offset: number, place: Place): void;
}

export function createListPlaces(now: () => EpochMs): ListPlaces {
  const places = new Map<string, Place & { until: EpochMs }>();
  return {
    at(list, offset) {
      const place = places.get(`${offset} ${list}`);
      return place && place.until > now() ? place : undefined;
    },
    note(list, offset, { after, total }) {
      const key = `${offset} ${list}`;
      places.delete(key);
      places.set(key, { after, total, until: now() + KEPT_MS });
      const oldest = places.size > MAX_PLACES ? places.keys().next().value : undefined;
      if (oldest !== undefined) places.delete(oldest);
    },
  };
}
