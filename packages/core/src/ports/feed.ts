/** Topics of the live feed. */
export type FeedTopic =
  | 'station'
  | 'frame'
  | 'transaction'
  | 'session'
  | 'cdr'
  | 'delivery'
  | 'partner'
  | 'location'
  | 'attention'
  | 'unknown-station';

export interface FeedEvent {
  /** Strictly increasing within one run of the process. */
  id: number;
  /** Identifies the run: ids of another run cannot be resumed from. */
  epoch: string;
  at: number;
  topic: FeedTopic;
  /** Station the event is about, when there is one. */
  stationId?: string;
  data: unknown;
}
