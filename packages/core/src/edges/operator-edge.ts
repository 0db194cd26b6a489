import type {
  EpochMs,
  InvoiceRecord,
  Location,
  PartyId,
  Rounding,
  Session,
  Tariff,
  Token,
} from '@roambridge/domain';
import type { GatewayPolicy } from '../authorization/gateway-policy.js';
import type { LaneState } from '../delivery/lane.js';
import type { AuditQuery, AuditRecord, Principal, Role } from '../model/audit.js';
import type { Delivery } from '../model/delivery.js';
import type { DeviceVariable } from '../model/device-model.js';
import type { DowngradeReport } from '../model/downgrade.js';
import type { ExchangeRecord } from '../model/exchange.js';
import type { CdrExplanation } from '../model/explanation.js';
import type { FileGrant, StoredFile } from '../model/file.js';
import type { InvoiceKey, StoredInvoice } from '../model/invoice.js';
import type { StationJob } from '../model/job.js';
import type { FrameRecord } from '../model/journal.js';
import type { LocalToken } from '../model/local-token.js';
import type { AuthorizationPolicy, Partner } from '../model/partner.js';
import type { ProbeReport } from '../model/probe.js';
import type { CdrQuery, DeliveryQuery, FrameQuery, SessionQuery } from '../model/queries.js';
import type { Reservation } from '../model/reservation.js';
import type { ResyncModule, ResyncReport } from '../model/resync.js';
import type { SecurityEvent } from '../model/security-event.js';
import type { AttentionRecord, CdrRecord } from '../model/session.js';
import type { CnBinding, SecurityProfile, StationView } from '../model/station.js';
import type {
  Expectation,
  StationConfiguration,
  WantedConfiguration,
} from '../model/station-configuration.js';
import type { StationReport } from '../model/station-report.js';
import type { Trace } from '../model/trace.js';
import type { CurvePoint, TransactionRecord } from '../model/transaction.js';
import type { Approval, TurnedAway } from '../model/unknown-station.js';
import type { Comparison, WhatIf } from '../model/what-if.js';
import type { FeedEvent, FeedTopic } from '../ports/feed.js';
import type { ActionCatalogue, CallOutcome, SchemaViolation } from '../ports/station-link.js';
import type { CursorPage, CursorQuery } from '../ports/store.js';

/** What the operator enters for a station. */
export interface StationInput {
  id: string;
  name?: string;
  security_profile: SecurityProfile;
  /** In clear on the way in; only hashes are stored. Absent keeps the stored one. */
  password?: string;
  certificate_cn?: string;
  cn_binding?: CnBinding;
  allow_expired_certificate?: boolean;
  disabled?: boolean;
  /** How its boot is answered; absent = accepted. */
  registration?: 'accepted' | 'pending' | 'rejected';
  protocols?: string[];
  quirks?: string[];
  evse_groups?: number[][];
  legal_metrology?: boolean;
  configuration_template?: string;
  configuration?: WantedConfiguration;
  meter_public_keys?: { evse_id?: number; public_key: string }[];
}

/** A partner without its secrets. */
export type PartnerView = Omit<
  Partner,
  'inboundToken' | 'outboundToken' | 'nextInboundToken' | 'previousInboundToken'
> & {
  /** New tokens were offered, and the partner's answer is not known yet. */
  rotating: boolean;
  paused: boolean;
  backlog: number;
  /** What became of the deliveries last. */
  lane: LaneState;
};

/** A session with whom it is told to, and how far. */
export type SessionView = Session & { partner_id: string; station_id: string; delivery?: Delivery };

/** What the operator says about a session that its record does not. */
export interface CdrCorrection {
  reason: string;
  /** Id of the tariff by which it is priced. */
  tariffId?: string;
  energyWh?: number;
  endedAt?: EpochMs;
}

/** Variables of a station; names are compared ignoring case. */
export interface DeviceModelQuery extends CursorQuery {
  stationId: string;
  component?: string;
  variable?: string;
  evseId?: number;
}

/** The actions that a station can be sent, and the JSON schemas of their payloads. */
export interface StationActions extends ActionCatalogue {
  protocol?: string;
}

/** A variable, and what the operator wants of its actual value. */
export interface ExpectedVariable extends DeviceVariable {
  expectation?: Expectation;
}

export interface ObjectKey {
  country_code: string;
  party_id: string;
  id: string;
}

/** Refusal of an operator's request with the member at fault. */
export class RequestRefused extends Error {
  readonly status: 404 | 409 | 422;
  readonly pointer: string | undefined;
  constructor(status: 404 | 409 | 422, detail: string, pointer?: string) {
    super(detail);
    this.name = 'RequestRefused';
    this.status = status;
    this.pointer = pointer;
  }
}

/** What the operator edge may ask of core. Methods throw {@link RequestRefused} for what cannot be done. */
export interface OperatorEdge {
  /** Who a bearer token or console session is of, undefined = not valid. */
  authenticate(token: string): Principal | undefined;
  /** One-time code for signing in to the console; valid for minutes. `name` says who it is for. */
  createSignInCode(role: Role, name?: string): string;
  /** Exchanges a one-time code for a console session token. */
  redeemSignInCode(
    code: string,
  ): { token: string; principal: Principal; expiresInSeconds: number } | undefined;
  /** Ends a console session before its time; false = the token is of none. */
  endSession(token: string): Promise<boolean>;
  /** Notes what somebody did; resolves when it is durable. */
  noteAction(action: Omit<AuditRecord, 'at'>): Promise<void>;
  /** What was done, newest first. */
  audit(query: AuditQuery): Promise<CursorPage<AuditRecord & { id: string }>>;

  putStation(input: StationInput): Promise<{ created: boolean; station: StationView }>;
  stations(query: CursorQuery): Promise<CursorPage<StationView>>;
  station(id: string): Promise<StationView | undefined>;
  removeStation(id: string): Promise<boolean>;
  /** Chargers that were refused, newest first. */
  unknownStations(query: CursorQuery): Promise<CursorPage<TurnedAway>>;
  /** Makes a station of one of them; undefined = nobody of this name has knocked. */
  approveStation(identity: string, approval: Approval): Promise<StationView | undefined>;
  /** undefined = no such station. */
  callStation(
    id: string,
    action: string,
    payload: unknown,
  ): Promise<CallOutcome | SchemaViolation | undefined>;
  /**
   * What the station can be asked in the protocol that it speaks, last spoke or is meant to speak; `protocol` absent:
   * that is not known yet. undefined = no such station.
   */
  stationActions(id: string): Promise<StationActions | undefined>;
  /** What the station is made of, as it told it; undefined = no such station. */
  deviceModel(query: DeviceModelQuery): Promise<CursorPage<ExpectedVariable> | undefined>;
  /** Reports of a station, newest first, without what is in them. */
  reports(
    query: CursorQuery & { stationId: string },
  ): Promise<CursorPage<Omit<StationReport, 'items'>> | undefined>;
  report(stationId: string, id: string): Promise<StationReport | undefined>;
  /** `not-read`: it did not tell, or its protocol has no such keys; undefined = no such station. */
  configuration(
    id: string,
  ): Promise<(StationConfiguration & { expectations: Record<string, Expectation> }) | 'not-read' | undefined>;
  /** Configurations that stations refer to by name. */
  templates(): Promise<{ name: string; configuration: WantedConfiguration }[]>;
  putTemplate(name: string, configuration: WantedConfiguration): Promise<{ created: boolean }>;
  removeTemplate(name: string): Promise<boolean>;
  frames(query: FrameQuery): Promise<CursorPage<FrameRecord & { id: string }> | undefined>;

  putLocation(location: Location): Promise<{ created: boolean; location: Location }>;
  location(key: ObjectKey): Promise<Location | undefined>;
  locations(query: CursorQuery): Promise<CursorPage<Location>>;

  /** Tells a partner which CDRs an invoice of ours is about; refused where it was not sent one of them. */
  putInvoice(
    partnerId: string,
    input: Omit<InvoiceRecord, 'last_updated'>,
  ): Promise<{ created: boolean; record: InvoiceRecord }>;
  /** Takes it back; false = there is none. */
  removeInvoice(key: Omit<InvoiceKey, 'sender'>): Promise<boolean>;
  /** Ours and those of the partner. */
  invoices(query: CursorQuery & { partnerId: string }): Promise<CursorPage<StoredInvoice>>;

  putTariff(tariff: Tariff): Promise<{ created: boolean; tariff: Tariff }>;
  tariff(key: ObjectKey): Promise<Tariff | undefined>;
  removeTariff(key: ObjectKey): Promise<boolean>;
  tariffs(query: CursorQuery): Promise<CursorPage<Tariff>>;

  /** Stores a token for the registered partner that owns the party; 422 when none does. */
  putToken(token: Token): Promise<{ created: boolean; token: Token }>;
  token(key: { country_code: string; party_id: string; uid: string }): Promise<Token | undefined>;
  tokens(query: CursorQuery): Promise<CursorPage<Token>>;

  /** The operator's own cards; partners never hear of them. */
  putLocalToken(token: LocalToken): Promise<{ created: boolean }>;
  localToken(uid: string): Promise<LocalToken | undefined>;
  removeLocalToken(uid: string): Promise<boolean>;
  localTokens(query: CursorQuery): Promise<CursorPage<LocalToken>>;

  /** `party`: of a 2.1.1 connection, where several are hosted. */
  createPartner(
    name: string,
    party?: PartyId,
  ): Promise<{ id: string; registrationToken: string; versionsUrl: string }>;
  /** We register with them; a partner that is still `registering` is tried again. */
  registerWith(input: {
    name: string;
    versionsUrl: string;
    token: string;
    party?: PartyId;
  }): Promise<PartnerView>;
  /** Replaces the tokens of both directions; undefined = no such partner. */
  rotatePartner(id: string): Promise<PartnerView | undefined>;
  /**
   * Compares what the partner has of a module with what it should have, and tells again what differs. The report as it
   * is at the end, or after 30 s; undefined = no such partner.
   */
  resyncPartner(id: string, module: ResyncModule, dateFrom?: EpochMs): Promise<ResyncReport | undefined>;
  /** The last report of each module; undefined = no such partner. */
  resyncs(id: string): Promise<ResyncReport[] | undefined>;
  /** Looks at the partner's platform with requests that change nothing; undefined = no such partner. */
  probePartner(id: string): Promise<ProbeReport | undefined>;
  /** What the partner's version has no place for; undefined = no such partner. */
  downgrades(id: string): Promise<DowngradeReport | undefined>;
  partners(): Promise<PartnerView[]>;
  partner(id: string): Promise<PartnerView | undefined>;
  removePartner(id: string): Promise<boolean>;
  /** Replaces the policy; false = no such partner. */
  setAuthorizationPolicy(id: string, policy: AuthorizationPolicy): Promise<boolean>;
  /** What counts for partners without a policy of their own, and what of it the operator changed. */
  gatewayPolicy(): { inForce: GatewayPolicy; changed: Partial<GatewayPolicy> };
  /** Replaces what was changed; it counts at once, and after a restart. */
  setGatewayPolicy(changed: Partial<GatewayPolicy>): Promise<void>;
  pausePartner(id: string): Promise<boolean>;
  resumePartner(id: string): Promise<boolean>;

  /** The HTTP journal, newest first; undefined = no such partner. */
  exchanges(
    query: CursorQuery & { partnerId: string; direction?: ExchangeRecord['direction'] },
  ): Promise<CursorPage<ExchangeRecord & { id: string }> | undefined>;

  transactions(
    query: CursorQuery & { stationId?: string; open?: boolean },
  ): Promise<CursorPage<TransactionRecord>>;
  transaction(id: string): Promise<TransactionRecord | undefined>;
  /** Power and energy as metered, oldest first; undefined = no such transaction. */
  transactionCurve(id: string): Promise<CurvePoint[] | undefined>;
  /** Newest first. */
  reservations(query: CursorQuery & { stationId?: string }): Promise<CursorPage<Reservation>>;
  sessions(query: SessionQuery): Promise<CursorPage<SessionView>>;
  session(id: string): Promise<SessionView | undefined>;
  cdrs(query: CdrQuery): Promise<CursorPage<CdrRecord & { delivery?: Delivery }>>;
  cdr(id: string): Promise<(CdrRecord & { delivery?: Delivery }) | undefined>;
  /** How a CDR came about; undefined = there is no such CDR. */
  explainCdr(id: string): Promise<CdrExplanation | undefined>;
  /** What chargers were asked to do and how far they are, newest first. */
  jobs(query: CursorQuery & { stationId?: string }): Promise<CursorPage<StationJob>>;
  job(id: string): Promise<StationJob | undefined>;
  /** The audit log of what chargers told about their own security, newest first. */
  securityEvents(
    query: CursorQuery & { stationId?: string; critical?: boolean },
  ): Promise<CursorPage<SecurityEvent>>;
  /** Files for chargers and of chargers, newest first. */
  files(query: CursorQuery & { stationId?: string }): Promise<CursorPage<StoredFile>>;
  takeFile(name: string, content: AsyncIterable<Uint8Array>): Promise<StoredFile>;
  fileContent(id: string): Promise<{ file: StoredFile; content: AsyncIterable<Uint8Array> } | undefined>;
  removeFile(id: string): Promise<boolean>;
  /** A one-time URL by which one charger may get or send a file; undefined = no such station. */
  grantFile(
    stationId: string,
    direction: FileGrant['direction'],
    fileId?: string,
  ): Promise<{ url: string; expiresAt: EpochMs } | undefined>;
  /** One timeline of all that is known by a correlation id; undefined = nothing is. */
  trace(correlationId: string): Promise<Trace | undefined>;
  /** How amounts of a currency are rounded (OCPI TA-09). */
  roundingOf(currency: string): Rounding;
  /** Sessions priced by another tariff; nothing is stored. */
  whatIf(query: CursorQuery & WhatIf): Promise<CursorPage<Comparison>>;
  /** Takes a CDR back that was sent (CD-20). */
  creditCdr(id: string, reason: string): Promise<CdrRecord | undefined>;
  /** Makes the CDR of a session anew; one that was sent is credited and followed by a new one (D3-030). */
  correctCdr(
    id: string,
    correction: CdrCorrection,
  ): Promise<{ credit?: CdrRecord; cdr: CdrRecord } | undefined>;
  /** Sends a held CDR as it is. */
  releaseCdr(id: string, reason: string): Promise<CdrRecord | undefined>;
  deliveries(query: DeliveryQuery): Promise<CursorPage<Delivery>>;
  /** Tells it now; undefined = no such delivery. 409 = there is nothing to tell. */
  retryDelivery(id: string): Promise<Delivery | undefined>;
  /** The partner is not told, until the object changes again; as above. */
  discardDelivery(id: string): Promise<Delivery | undefined>;
  attention(query: CursorQuery): Promise<CursorPage<AttentionRecord>>;
  resolveAttention(id: string): Promise<boolean>;

  /**
   * Live feed. Events after `resumeAfter` come first; `gap` is true when that id is too old or of another run, and
   * the caller must read the state again. The returned function ends the subscription.
   */
  subscribe(
    options: { topics?: FeedTopic[]; stationIds?: string[]; resumeAfter?: { epoch: string; id: number } },
    listener: (event: FeedEvent) => void,
  ): { epoch: string; gap: boolean; end: () => void };

  /** Whether traffic may be sent here: database reachable, not draining. */
  ready(): Promise<{ ready: boolean; reasons: string[] }>;
}
