import type { EpochMs } from '@roambridge/domain';

export type ProbeCheck =
  | 'versions'
  | 'endpoints'
  | 'authentication'
  | 'credentials'
  | 'envelope'
  | 'paging'
  | 'clock'
  | 'latency';

/** What one look at a partner's platform showed, in words for a person. */
export interface ProbeFinding {
  check: ProbeCheck;
  /** `problem`: messages are or will be lost. `warning`: it works, against the specification or not for long. */
  verdict: 'ok' | 'warning' | 'problem' | 'skipped';
  finding: string;
}

/** A conformance probe of a partner: requests that change nothing. */
export interface ProbeReport {
  partnerId: string;
  at: EpochMs;
  /** The version of the connection. */
  version?: string;
  requests: number;
  /** Of all answers; absent = there was none. */
  latencyMs?: { median: number; slowest: number };
  /** Partner's clock minus ours, as far as it shows. */
  clockOffsetMs?: number;
  findings: ProbeFinding[];
}
