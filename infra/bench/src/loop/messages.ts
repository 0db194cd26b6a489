import type { LoadStation } from '../load/messages.js';

/** What the process that is charger and partner at once is told to do; times are taken on its one clock. */
export type LoopOrder =
  /** Starts so many partners. */
  | { do: 'listen'; partners: number }
  /** The next partners register, in their order. */
  | { do: 'register'; invitations: { versionsUrl: string; registrationToken: string }[]; tokenUids: string[] }
  /** Connects and boots the stations; each reports its connector as occupied, then as free. */
  | { do: 'connect'; url: string; stations: LoadStation[] }
  /** Statuses change; each station waits until the partner has its last change. */
  | { do: 'changes'; perSecond: number; ms: number }
  /** One change after the other, each until all partners have it. */
  | { do: 'spread'; changes: number }
  /** One remote start after the other, each at another station, beginning with the station at `from`: over OCPI, or as a bare POST below a URL. */
  | { do: 'starts'; from: number; count: number; url?: string }
  /** Pages of the partner's CDRs, in turns. */
  | { do: 'read'; offsets: number[]; limit: number; times: number }
  | { do: 'disconnect' };

/** Quantiles of latencies, ms. */
export interface LatencyResult {
  count: number;
  p50Ms: number;
  p99Ms: number;
}

export type LoopReport =
  /** `pushUrl`: a module of the first partner, below which everything is accepted. */
  | { is: 'listening'; pushUrl: string }
  | { is: 'registered' }
  | { is: 'connected' }
  | ({ is: 'changed' } & LatencyResult)
  /** From the frame to the first and to the last partner, medians; and of how many times the last one is later. */
  | { is: 'spread'; firstMs: number; lastMs: number; times: number }
  | ({ is: 'started' } & LatencyResult)
  /** Median time of a page at each offset, and X-Total-Count. */
  | { is: 'read'; ms: number[]; total: number }
  | { is: 'disconnected' }
  | { is: 'failed'; reason: string };
