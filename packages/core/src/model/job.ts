import type { EpochMs } from '@roambridge/domain';

/** What a charger was asked to do that takes longer than its answer (B-010, B-011, B-012). */
export type JobKind = 'firmware' | 'log' | 'certificate';

/** Where it is. */
export type JobState = 'running' | 'done' | 'failed';

/** Words that a job remembers, newest last. */
export const JOB_HISTORY_MAX = 50;

/** A piece of work at a charger: who asked for it is in the frames, what became of it is here. */
export interface StationJob {
  id: string;
  stationId: string;
  kind: JobKind;
  /** The request that began it, in the words of the charger's protocol. */
  action: string;
  /** Ties the notifications to the request, where the protocol has such a number. */
  requestId?: number;
  state: JobState;
  /** The charger's last word, e.g. `Downloading`; `Requested` until it said any. */
  status: string;
  history: { status: string; at: EpochMs }[];
  createdAt: EpochMs;
  updatedAt: EpochMs;
  /** Our file: the firmware, or what the charger uploaded. */
  fileId?: string;
  /** What the charger calls the file that it will upload. */
  fileName?: string;
}

/** What a request of the operator means for the books; undefined members are not told by it. */
export interface JobRequest {
  kind: JobKind;
  requestId?: number;
  /** Where the charger gets or puts the file. */
  location?: string;
}

/** A charger tells how far it is. */
export interface JobReport {
  kind: JobKind;
  requestId?: number;
  status: string;
  /** undefined: the word says nothing about a job (`Idle`, which only answers a trigger). */
  state: JobState | undefined;
}
