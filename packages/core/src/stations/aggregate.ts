import type { EpochMs, EvseStatus, Location, Transaction, TransactionEvent } from '@roambridge/domain';
import type { PresentedCertificate, StationTraits } from '../edges/charger-edge.js';
import type { SessionProfile } from '../model/charging-profile.js';
import type { Command } from '../model/command.js';
import type { Reservation } from '../model/reservation.js';
import type { SessionRecord } from '../model/session.js';
import type { SecurityProfile, Station, StationState } from '../model/station.js';
import type { TransactionRecord } from '../model/transaction.js';

/** An EVSE of a location that stands at this station. */
export interface Binding {
  location: Location;
  evseUid: string;
  /** Published status. */
  status: EvseStatus;
  lastUpdated: EpochMs;
}

/** A transaction that is not settled yet, with what partners see of it. */
export interface OpenTransaction {
  transaction: Transaction;
  /** Fingerprints of the numbered events, to tell a repetition from a re-used number (D2-058). */
  seen: Set<string>;
  session?: SessionRecord;
  /** From the first charging profile on that was set for the session. */
  profile?: SessionProfile;
  /** When a profile was last asked for (CP-06). */
  profileSetAt?: EpochMs;
  /** Since when the charger has the limits that hold now, and in what it does not keep them (D6-040). */
  profileSentAt?: EpochMs;
  profileProblems?: { applied?: string | null; metered?: string | null };
  /** Cancels the next look at what the charger applies (D6-022, D6-030). */
  cancelProfileWatch?: (() => void) | undefined;
  /** What the charger was last told that it costs, and when (C-090). */
  costTold?: number;
  costToldAt?: EpochMs;
  /** When the session was last brought up to date (D2-081). */
  projectedAt: EpochMs;
  /** Since when something points to the charger having lost it, and when that is looked at again (D3-040). */
  suspectedAt?: EpochMs;
  orphanDueAt?: EpochMs | undefined;
  cancelOrphan?: (() => void) | undefined;
  /** Cancels the pending progress update or the gap wait. */
  cancelProgress?: (() => void) | undefined;
  cancelGapWait?: (() => void) | undefined;
  gapWaitSince?: EpochMs;
}

export interface Connection {
  generation: number;
  protocol: string;
  traits: StationTraits;
  remoteAddress: string;
  securityProfile: SecurityProfile;
  certificate?: PresentedCertificate;
  since: EpochMs;
}

/**
 * All that the owner of a station knows about it. Changed only inside the station's own queue, and only after the
 * commit of the fact that changes it. What goes away becomes undefined and is not deleted: every message reads the
 * aggregate, and objects that lost a member are slow to read.
 */
export interface StationAggregate {
  station: Station;
  state: StationState;
  /** By EVSE number. */
  bindings: Map<number, Binding>;
  /** By the charger's transaction id. */
  open: Map<string, OpenTransaction>;
  /** Charger's ids of transactions settled lately, to recognise late messages without a look-up. */
  settled: Map<string, TransactionRecord>;
  /**
   * No transaction that started after this time is recorded: a later start cannot be a repetition, and needs no
   * look-up. Infinity = look everything up.
   */
  newestStartAt: EpochMs;
  /** Commands that wait for the charger, or that may still decide about a token or a transaction. */
  commands: Command[];
  /** Active reservations. */
  reservations: Reservation[];
  connection?: Connection | undefined;
  /** Away for longer than the grace period (D1-040). */
  offline: boolean;
  /** When it went away, or when it was first expected after a start. */
  awaySince?: EpochMs;
  /** Away for so long that its EVSEs are told as INOPERATIVE (D1-040). */
  longOffline: boolean;
  /** EVSEs that were told as UNKNOWN and of which nothing was heard since (D1-041). */
  unheard: Set<number>;
  /** Times of the latest changes of each connector, and until when the EVSEs that flap must be steady (D1-031). */
  changes: Map<string, EpochMs[]>;
  flapping: Map<number, EpochMs>;
  /** What the operator was last told of connectors that no location has (D1-004). */
  inventoryDrift?: string;
  /** The next moment at which time alone changes a status. */
  cancelStatusTimer?: (() => void) | undefined;
  /** Waits for the reports that a charger owes after it came back (D1-041). */
  cancelReportWait?: (() => void) | undefined;
  cancelOfflineGrace?: (() => void) | undefined;
  lastFrameAt?: EpochMs;
  lastHeartbeatAt?: EpochMs;
  /** By how much its latest live messages were ahead of our clock, and what that says about its clock (D2-060). */
  clockAheadMs?: number[];
  clockSkewMs?: number;
  clockSkewed?: boolean;
}

/** Traits of a station that is not connected: the strictest reading. */
export const UNKNOWN_TRAITS: StationTraits = {
  idTokenMaxLength: 20,
  typedTokens: false,
  csmsGivesTransactionIds: true,
  remoteStartNeedsConnector: true,
  sequenceNumbers: false,
  reservationUpdates: false,
  resumesTransactions: false,
  priorityCharging: false,
};

type NumberedEvent = Pick<TransactionEvent, 'seqNo' | 'eventType' | 'at' | 'triggerReason'>;

/** What makes two events the same event (D2-058). */
export function eventFingerprint(event: NumberedEvent): string {
  return `${event.seqNo ?? ''}|${event.eventType}|${event.at}|${event.triggerReason ?? ''}`;
}

/** Remembers an event that has a number. */
export function noteSeen(seen: Set<string>, event: NumberedEvent): void {
  if (event.seqNo !== undefined) seen.add(eventFingerprint(event));
}
