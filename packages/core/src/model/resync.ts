import type { EpochMs } from '@roambridge/domain';

export const RESYNC_MODULES = ['tariffs', 'locations', 'sessions', 'cdrs', 'tokens'] as const;
export type ResyncModule = (typeof RESYNC_MODULES)[number];

/** One object that a partner does not have as we have it. */
export interface ResyncFinding {
  key: string;
  problem: 'missing' | 'different';
  /** Members in which the partner's object differs. */
  members?: string[];
  /** When our object got the state that the partner misses. */
  since: EpochMs;
  /** `last_updated` of the partner's object. */
  theirs?: string;
  /** Whether it is told again; a CDR that differs is not, because CDRs never change (CD-04). */
  repaired: boolean;
}

/** What a comparison of one module with one partner found, so far. */
export interface ResyncReport {
  partnerId: string;
  module: ResyncModule;
  /** `stopped`: it could not be carried to its end, see `detail`. */
  state: 'running' | 'done' | 'stopped';
  startedAt: EpochMs;
  endedAt?: EpochMs;
  compared: number;
  same: number;
  repaired: number;
  /** Left out, because the partner is still to be told, or a person decides about it. */
  owed: number;
  /** The partner gave no address at which it could be read, or its version cannot carry it. */
  unverifiable: number;
  /** The first ones of what differs. */
  findings: ResyncFinding[];
  /** The earliest moment from which the partner misses something. */
  missedSince?: EpochMs;
  detail?: string;
}

/** The last comparison of each module with each partner; they go with the partner. */
export interface ResyncReports {
  put(report: ResyncReport): Promise<void>;
  list(partnerId: string): Promise<ResyncReport[]>;
}
