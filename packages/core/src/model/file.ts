import type { EpochMs } from '@roambridge/domain';

/** A file of the gateway: firmware that chargers fetch, or what a charger sent. */
export interface StoredFile {
  /** Random; also its name in the data directory, so that no name from outside is ever a path. */
  id: string;
  /** Only shown. */
  name: string;
  sizeBytes: number;
  sha256: string;
  createdAt: EpochMs;
  /** The charger that sent it; absent = the operator. */
  stationId?: string;
}

/** The right of one charger to get or to send one file, once, for a short time. */
export interface FileGrant {
  /** Keyed hash of the token in the URL. */
  tokenHash: string;
  direction: 'download' | 'upload';
  stationId: string;
  expiresAt: EpochMs;
  /** The file to fetch. */
  fileId?: string;
  /** The job that the URL was used for. */
  jobId?: string;
}
