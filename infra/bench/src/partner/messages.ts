/** What the partner's process is told to do. */
export type PartnerOrder =
  | { do: 'register'; versionsUrl: string; registrationToken: string; tokenUids: string[] }
  | { do: 'count' };

/** What the partner has received so far. */
export interface PartnerCounts {
  requests: number;
  /** Different sessions that are COMPLETED to the partner. */
  sessionsCompleted: number;
  /** Different CDRs. */
  cdrs: number;
  /** Violations of OCPI in the messages that were checked. */
  findings: number;
  firstFinding: string;
}

export type PartnerReport =
  | { is: 'ready' }
  | { is: 'registered' }
  | ({ is: 'counts' } & PartnerCounts)
  | { is: 'failed'; reason: string };
