import type { ListEntry } from '@roambridge/domain';

/** One message with a list or with what changed in it. */
export interface LocalListUpdate {
  version: number;
  kind: 'full' | 'differential';
  entries: readonly ListEntry[];
  /** Only in a differential. */
  removed: readonly ListEntry[];
}

/** How a station took a list. `no-answer`: it may have it or not. */
export type LocalListAnswer = 'accepted' | 'failed' | 'version-mismatch' | 'not-supported' | 'no-answer';

/** What a station tells about its list. */
export interface LocalListLimits {
  /** false: the station has a list and does not look at it. */
  enabled: boolean;
  maxEntries?: number;
  entriesPerMessage?: number;
  /** It accepts what is on its list without asking, also while it is connected. */
  preAuthorize: boolean;
}

/** Local lists of stations as core sees them. Implemented by packages/ocpp. */
export interface LocalListLink {
  /** Version of the list that the station has, 0 = none. */
  version(stationId: string): Promise<number | 'not-supported' | 'no-answer'>;
  /** undefined = no answer. */
  limits(stationId: string): Promise<LocalListLimits | undefined>;
  send(stationId: string, update: LocalListUpdate): Promise<LocalListAnswer>;
}
