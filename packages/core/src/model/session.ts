import type {
  Cdr,
  EpochMs,
  HoldReason,
  Location,
  Session,
  SessionTerms,
  Tariff,
  UnpricedCdr,
} from '@roambridge/domain';

/** Everything that a session's price and documents depend on, as it was when the session began (D3-002). */
export interface SessionSnapshot {
  /** Narrowed to the EVSE and the connector in use. */
  location: Location;
  /** Tariffs valid for the connector; empty = none could be resolved. */
  tariffs: Tariff[];
  terms?: SessionTerms;
}

export interface SessionRecord {
  partnerId: string;
  stationId: string;
  transactionId: string;
  session: Session;
  snapshot: SessionSnapshot;
}

export interface CdrRecord {
  partnerId: string;
  stationId: string;
  transactionId: string;
  /** Without a price only while `hold` is set. */
  cdr: Cdr | UnpricedCdr;
  /** Narrowed location snapshot (OCPI 2.1.1 embeds it). */
  location: Location;
  /** Set while the CDR must not leave the gateway. */
  hold?: HoldReason;
  holdDetail?: string;
  /** It is sent at `releaseAt` in spite of this, unless it is corrected (D3-012). */
  doubt?: HoldReason;
  /** Why the operator had it made, for a credit or a corrected CDR. */
  reason?: string;
  /** What the operator said about the session in place of its record. */
  correction?: { energyWh?: number; endedAt?: EpochMs };
  /** The CDR that this one corrects: the partner gets its credit first. */
  replaces?: string;
  /** Before this time the CDR is not shown or sent to the partner. */
  releaseAt: EpochMs;
  createdAt: EpochMs;
}

/** Something a person must look at. */
export interface AttentionRecord {
  id: string;
  kind: string;
  /** What it is about: station, transaction, session, cdr or delivery id. */
  subject: string;
  stationId?: string;
  partnerId?: string;
  message: string;
  createdAt: EpochMs;
  resolvedAt?: EpochMs;
}
