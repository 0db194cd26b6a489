/** Running totals since the start of the process, for metrics. */
export interface OcppCounters {
  framesIn: number;
  framesOut: number;
  repaired: number;
  quarantined: number;
  rejected: number;
  malformed: number;
  /** Repeated messages answered from memory. */
  duplicates: number;
  /** Messages that core could not store. */
  notStored: number;
  /** Answers of ours that a charger did not understand. */
  answersRefused: number;
  callTimeouts: number;
  lateResults: number;
  connectionsOpened: number;
  connectionsReplaced: number;
  /** Connection attempts refused, by HTTP status. */
  refused: Record<number, number>;
}

export function newCounters(): OcppCounters {
  return {
    framesIn: 0,
    framesOut: 0,
    repaired: 0,
    quarantined: 0,
    rejected: 0,
    malformed: 0,
    duplicates: 0,
    notStored: 0,
    answersRefused: 0,
    callTimeouts: 0,
    lateResults: 0,
    connectionsOpened: 0,
    connectionsReplaced: 0,
    refused: {},
  };
}
