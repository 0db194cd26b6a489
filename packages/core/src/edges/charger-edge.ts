import type {
  BootReport,
  ChargingState,
  ConnectorStatus,
  EpochMs,
  IdToken,
  TransactionEvent,
} from '@roambridge/domain';
import type { CertificateRequest } from '../model/certificate-request.js';
import type { ScheduleLimit, VehicleNeeds } from '../model/charging-profile.js';
import type { CertificateHash, CertificateStatus, ContractProof } from '../model/contract.js';
import type { MessageLimit } from '../model/device-model.js';
import type { JobReport } from '../model/job.js';
import type { FrameRecord } from '../model/journal.js';
import type { ReservationReport } from '../model/reservation.js';
import type { SecurityReport } from '../model/security-event.js';
import type { AttentionRecord } from '../model/session.js';
import type { SecurityProfile, Station } from '../model/station.js';
import type { ReportPart } from '../model/station-report.js';
import type { EvCertificateAnswer, EvCertificateRequest } from '../ports/contract-certificates.js';
import type { VendorAnswer, VendorMessage } from '../ports/vendor-messages.js';

/** An upgrade request, parsed but not judged. */
export interface ConnectionAttempt {
  /** Decoded once, as the charger wrote it. */
  identity: string;
  remoteAddress: string;
  /** Subprotocols in the client's order. */
  offeredProtocols: string[];
  /** The password is bytes, not text. */
  basic?: { user: string; password: Uint8Array };
  /** Its protocol carries passwords as hex text: bytes and hex text are the same password. */
  hexKeys: boolean;
  /** Whether the socket is TLS. */
  tls: boolean;
  /** The client certificate of a TLS socket. */
  certificate?: PresentedCertificate;
  /** What one would enter in this charger. */
  urls: { plain: string; tls?: string };
}

/** A client certificate as far as the edge can judge it: path, purpose and key. Core judges whose it is, and when. */
export interface PresentedCertificate {
  /** Values of the subject; absent when there is none, or more than one. */
  organization?: string;
  commonName?: string;
  /** SHA-256 of the certificate. */
  fingerprint: string;
  validFrom: EpochMs;
  validTo: EpochMs;
  /** Why it cannot be believed, apart from its age. */
  fault?: string;
}

export type Admission =
  /** `securityProfile`: the one that the connection has reached; at least that of the station. */
  | {
      kind: 'accepted';
      station: Station;
      securityProfile: SecurityProfile;
      certificate?: PresentedCertificate;
    }
  /** Unknown, and let in as far as its boot, which is Pending until somebody approves it. */
  | { kind: 'quarantined' }
  /** `unknown` and `unauthorized` look alike to the charger where Basic auth is enforced. */
  | { kind: 'refused'; httpStatus: 401 | 403 | 404 | 429 | 503; reason: string };

/** What differs between protocol versions and matters to core. */
export interface StationTraits {
  /** Longest idToken that the protocol can carry: 20 (OCPP 1.6) or 36. */
  idTokenMaxLength: number;
  /** Tokens carry a type. */
  typedTokens: boolean;
  /** Transaction ids are ours (integers) and may come back missing or wrong (D2-054, D2-055). */
  csmsGivesTransactionIds: boolean;
  /** Remote starts always name a connector (D5-013). */
  remoteStartNeedsConnector: boolean;
  /** Events carry sequence numbers that show gaps (C-052). */
  sequenceNumbers: boolean;
  /** The charger tells what became of a reservation (D5-045). */
  reservationUpdates: boolean;
  /** A transaction may go on after the charger started anew, so a boot alone does not end it (D3-041). */
  resumesTransactions: boolean;
  /** The charger can be asked to put a transaction before others (D7-004). */
  priorityCharging: boolean;
}

export interface StationConnection {
  stationId: string;
  /** Grows with every connection of the process; an old connection's close must not touch a newer one. */
  generation: number;
  protocol: string;
  traits: StationTraits;
  remoteAddress: string;
  /** The one that the connection has reached. */
  securityProfile: SecurityProfile;
  /** What the charger proved its identity with, in security profile 3. */
  certificate?: PresentedCertificate;
  at: EpochMs;
}

export interface BootDecision {
  status: 'Accepted' | 'Pending' | 'Rejected';
  currentTime: EpochMs;
  /** Heartbeat interval or retry delay, seconds. */
  interval: number;
}

/** A status of the station (evseId 0) or of one connector. */
export interface StatusReport {
  evseId: number;
  connectorId: number;
  status: ConnectorStatus;
  rawStatus: string;
  errorCode?: string;
  vendorErrorCode?: string;
  info?: string;
  /** Charger's time after repair; receive time where it sent none. */
  at: EpochMs;
  /** What the status says about a running transaction, where the protocol mixes both (OCPP 1.6). */
  chargingState?: ChargingState;
  /** A status of an EVSE or of the station that counts whatever the connectors say (D1-020 rule 3). */
  outranks?: boolean;
}

/** A bay sensor's word (D1.2 BLOCKED). */
export interface BayReport {
  evseId: number;
  bayOccupied: boolean;
}

/** connectorId 0 = the EVSE as a whole. */
export type AvailabilityReport = StatusReport | BayReport;

export function isBayReport(report: AvailabilityReport): report is BayReport {
  return 'bayOccupied' in report;
}

/** What the operator entered that decides how a charger's messages are read. */
export interface Reading {
  /** Connectors that share one EVSE (D1-002); the EVSE has the number of the first of them. */
  evseGroups: readonly (readonly number[])[];
  quirks: readonly string[];
  /** How much the charger takes in one message, by action (C-005). */
  messageLimits?: Readonly<Record<string, MessageLimit>>;
}

export type AuthorizationStatus =
  | 'Accepted'
  | 'Blocked'
  | 'ConcurrentTx'
  | 'Expired'
  | 'Invalid'
  | 'NoCredit'
  | 'NotAtThisLocation'
  | 'Unknown';

/** Answer about a token; each edge writes it in its own words (D4.2). */
export interface AuthorizationDecision {
  status: AuthorizationStatus;
  /** Until when the charger may keep the answer. */
  expiresAt?: EpochMs;
  groupId?: string;
  language?: string;
  /** EVSEs for which it counts; absent = all of the station (C-032). */
  evseIds?: number[];
  /** What the eMSP wants the driver to read (TO-27). */
  message?: string;
  /** Only where a contract was shown (C-034). */
  certificateStatus?: CertificateStatus;
}

/**
 * A transaction event as the edge hands it over. `ocppTransactionId` is absent where the charger gave none
 * (a start that needs an id, or a message whose id is missing).
 */
export type ReportedEvent = Omit<TransactionEvent, 'ocppTransactionId'> & {
  ocppTransactionId?: string;
  /** Identifies a repeated start where the protocol has no id of its own (D2-051). */
  naturalKey?: string;
};

export interface TransactionAnswer {
  /** The id that the charger must use; text of an integer where we give the ids. */
  ocppTransactionId: string;
  /** Present when the event carried a token. */
  authorization?: AuthorizationDecision;
  /** What the transaction costs, where it is over and the charger shows it (C-053). */
  totalCost?: number;
}

/**
 * What the charger edge may ask of core. Methods that return a promise resolve after the commit: the edge writes
 * its answer only then. Calls for one station are made one at a time, in the order of arrival. A rejected
 * promise means that nothing was stored: billing messages are then not answered and the socket is closed.
 */
export interface ChargerEdge {
  admit(attempt: ConnectionAttempt): Promise<Admission>;
  /** The edge itself refused an attempt: somebody may be looking for the reason. */
  refused(attempt: ConnectionAttempt, reason: string): void;
  /** Something of the edge that a person must look at; it is kept behind the scenes. */
  attend(what: Pick<AttentionRecord, 'kind' | 'subject' | 'stationId' | 'message'>): void;
  /** What a charger in quarantine says of itself. */
  quarantinedBoot(identity: string, report: BootReport): BootDecision;
  /** The socket is open. Resolves when the station's aggregate is loaded. */
  connected(connection: StationConnection): Promise<void>;
  disconnected(stationId: string, generation: number, reason: string): void;
  boot(stationId: string, report: BootReport, frame: FrameRecord): Promise<BootDecision>;
  /** Status of the last BootNotification answer; undefined = never booted. */
  bootStatus(stationId: string): BootDecision['status'] | undefined;
  /** Touches no table. */
  heartbeat(stationId: string, frame: FrameRecord): EpochMs;
  reportStatus(stationId: string, report: StatusReport, frame: FrameRecord): Promise<void>;
  /** Several reports of one message. */
  reportAvailability(
    stationId: string,
    reports: readonly AvailabilityReport[],
    frame: FrameRecord,
  ): Promise<void>;
  /** One message of a report that has several (C-002). */
  reportPart(stationId: string, part: ReportPart, frame: FrameRecord): Promise<void>;
  /** How far a job is (B-010, B-011); `installing`: whether the station installs firmware now (D1-053). */
  reportJob(
    stationId: string,
    report: JobReport & { installing?: boolean },
    frame: FrameRecord,
  ): Promise<void>;
  /** What the station tells about its own security; what is critical and no routine also gets to a person. */
  reportSecurityEvent(stationId: string, report: SecurityReport, frame: FrameRecord): Promise<void>;
  /**
   * A certificate request of the station (B-012). When it is accepted, `proceed` is to be called after the answer has
   * left: the certificate follows in a call of its own.
   */
  requestCertificate(
    stationId: string,
    request: CertificateRequest,
    frame: FrameRecord,
  ): Promise<{ accepted: false } | { accepted: true; proceed(): void }>;
  /** A message of a vendor's own; answered by whoever registered for it (B-009). */
  transferData(stationId: string, message: VendorMessage, frame: FrameRecord): Promise<VendorAnswer>;
  /** How the messages of this station are read. */
  reading(stationId: string): Reading;
  /** What became of a reservation. */
  reportReservation(stationId: string, report: ReservationReport, frame: FrameRecord): Promise<void>;
  /** Whether answers about transactions may carry their cost. */
  showsCost(stationId: string): boolean;
  /** What a vehicle needs; with `proceed` a charging profile follows the answer (K15). */
  vehicleNeeds(
    stationId: string,
    needs: VehicleNeeds,
    frame: FrameRecord,
  ): Promise<{ accepted: false } | { accepted: true; proceed(): void }>;
  /** How a vehicle will charge; false = it takes more than it may (K16). */
  vehicleSchedule(stationId: string, schedule: ScheduleLimit, frame: FrameRecord): Promise<boolean>;
  /** A limit of the charger's own begins or ends; `evseId` absent = of the whole station (D6-022). */
  chargingLimitChanged(stationId: string, evseId: number | undefined, frame: FrameRecord): Promise<void>;
  authorize(
    stationId: string,
    request: { idToken: IdToken; evseId?: number; contract?: ContractProof },
    frame: FrameRecord,
  ): Promise<AuthorizationDecision>;
  /** A vehicle asks its mobility operator for the certificate of its contract (M01, M02). */
  evCertificate(request: EvCertificateRequest, frame: FrameRecord): Promise<EvCertificateAnswer>;
  /** The signed answer of a certificate's responder, DER; undefined = there is none (M06). */
  certificateStatus(hash: CertificateHash, frame: FrameRecord): Promise<Uint8Array | undefined>;
  recordTransactionEvent(
    stationId: string,
    event: ReportedEvent,
    frame: FrameRecord,
  ): Promise<TransactionAnswer>;
  /** Meter values outside a transaction, or whose transaction cannot be told: kept as telemetry. */
  recordTelemetry(
    stationId: string,
    telemetry: Pick<TransactionEvent, 'at' | 'evseId' | 'meterValues'>,
    frame: FrameRecord,
  ): Promise<void>;
  /** The charger could not read our answer to a message of a transaction; it may send it again. */
  answerNotUnderstood(
    stationId: string,
    fault: { action: string; code: string; description: string },
    frame: FrameRecord,
  ): Promise<void>;
  /** Durable journal entry of a message without further effect. */
  journal(frame: FrameRecord): Promise<void>;
  /** Journal entry that nobody waits for: our answers, our calls, refused frames. */
  note(frame: FrameRecord): void;
  /** The charger behaves as if an entry in the `quirks` of its station would help; said once. */
  suggestQuirk(stationId: string, quirk: string, reason: string): void;
  /** A result that came after its call had timed out. */
  lateResult(stationId: string, messageId: string, payload: unknown): void;
}
