import type { EpochMs } from '@roambridge/domain';

/** What of one object the version of a partner has no place for. */
export interface ObjectLoss {
  /** The object as a whole is not told. */
  notTold: boolean;
  /** Members and values that are left out or changed, e.g. `EVSE.parking`, `Connector.standard=MCS`. */
  lost: string[];
}

/** What a partner cannot see because its version has no place for it; nothing of it is told bent. */
export interface DowngradeReport {
  partnerId: string;
  version?: string;
  at: EpochMs;
  locations: { total: number; notTold: number };
  tariffs: { total: number; notTold: number };
  /** By member or value, the most frequent first. */
  lost: { what: string; objects: number; example: string }[];
}
