import type { ListEntry } from '@roambridge/domain';

/** What a station acknowledged last (D4-042). */
export interface LocalListRecord {
  stationId: string;
  version: number;
  /** Of the tokens that the list was made of; the same hash = nothing to tell. */
  sourceHash: string;
  entries: ListEntry[];
  /** Cards whose holders were cleared at the station, in lower case: they do not come back by themselves (N10.FR.02). */
  forgotten?: string[];
}
