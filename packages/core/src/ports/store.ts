import type { EpochMs, EvseStatus, Location, Session, Tariff, Token } from '@roambridge/domain';
import type { AuditQuery, AuditRecord } from '../model/audit.js';
import type { SessionProfile } from '../model/charging-profile.js';
import type { Command } from '../model/command.js';
import type { Delivery, DeliveryUpdate, DirtyMark } from '../model/delivery.js';
import type { DeviceModel } from '../model/device-model.js';
import type { ExchangeRecord } from '../model/exchange.js';
import type { FileGrant, StoredFile } from '../model/file.js';
import type { JobKind, StationJob } from '../model/job.js';
import type { FrameRecord } from '../model/journal.js';
import type { LocalListRecord } from '../model/local-list.js';
import type { LocalToken } from '../model/local-token.js';
import type { Partner } from '../model/partner.js';
import type { CdrQuery, DeliveryQuery, FrameQuery, SessionQuery } from '../model/queries.js';
import type { Reservation } from '../model/reservation.js';
import type { ResyncReports } from '../model/resync.js';
import type { SecurityEvent } from '../model/security-event.js';
import type { AttentionRecord, CdrRecord, SessionRecord } from '../model/session.js';
import type { Station, StationState } from '../model/station.js';
import type { StationConfiguration } from '../model/station-configuration.js';
import type { StationReport } from '../model/station-report.js';
import type { TransactionEventRecord, TransactionRecord } from '../model/transaction.js';
import type { InvoiceStore } from './invoice-store.js';

/** Published status of the OCPI EVSE behind (station, evse). */
export interface EvseStatusWrite {
  stationId: string;
  evseId: number;
  status: EvseStatus;
  /** Strictly increasing per EVSE (D1-023); also raises the location's. */
  lastUpdated: EpochMs;
}

/**
 * Everything that one fact changes. Committed whole or not at all; write sets of many stations share one
 * database transaction (group commit). Rows of one write set are applied in the order of the members below.
 */
export interface WriteSet {
  /** The station whose fact it is: a failing write set is isolated by it. */
  stationId: string;
  frames?: FrameRecord[];
  /** Upserted by id. */
  transactions?: TransactionRecord[];
  /** Appended; a repeated (transactionId, ordinal) is an error. */
  transactionEvents?: TransactionEventRecord[];
  /** Upserted by session id; `snapshot` is written once. */
  sessions?: SessionRecord[];
  /** Inserted; a CDR whose id exists is left as it is unless it was held or not yet released. */
  cdrs?: CdrRecord[];
  evseStatuses?: EvseStatusWrite[];
  stationState?: StationState;
  /** Upserted by id. */
  commands?: Command[];
  /** Upserted by id. */
  reservations?: Reservation[];
  /** Upserted by session. */
  chargingProfiles?: SessionProfile[];
  /** Upserted by id. */
  jobs?: StationJob[];
  /** Appended; one whose id exists is left as it is. */
  securityEvents?: SecurityEvent[];
  dirty?: DirtyMark[];
  attention?: AttentionRecord[];
}

/** A page of an OCPI list: ordered by creation (PG-08). */
export interface ListQuery {
  partnerId?: string;
  /** `last_updated` >= dateFrom. */
  dateFrom?: EpochMs;
  /** `last_updated` < dateTo. */
  dateTo?: EpochMs;
  offset: number;
  limit: number;
  /** Where the page before ended (its `next`): this page begins there, whatever `offset` says. */
  after?: string;
  /** The number of all objects as an earlier page told it; only beside `after`, and then not counted again. */
  total?: number;
}

export interface ListPage<T> {
  items: T[];
  /** Where the next page begins; absent on the last one. */
  next?: string;
  /** Objects matching the filters, ignoring offset and limit. */
  total: number;
}

/** A page of an operator list: newest first unless said otherwise. */
export interface CursorQuery {
  limit: number;
  cursor?: string;
}

export interface CursorPage<T> {
  items: T[];
  nextCursor?: string;
}

/** EVSE of a location that is tied to a station. */
export interface EvseBinding {
  evseId: number;
  location: Location;
  evseUid: string;
  status: EvseStatus;
  lastUpdated: EpochMs;
}

/** All that is needed to rebuild a station's aggregate. */
export interface StationSnapshot {
  station: Station;
  state: StationState;
  bindings: EvseBinding[];
  /** Start of the newest of the transactions recorded lately; 0 = there is none. */
  newestStartAt: EpochMs;
  openTransactions: {
    transaction: TransactionRecord;
    events: TransactionEventRecord[];
    session?: SessionRecord;
    profile?: SessionProfile;
  }[];
  /** Commands whose correlation window is not over. */
  commands: Command[];
  /** Active ones. */
  reservations: Reservation[];
}

/** Sessions with all that belongs to them. */
export type LedgerPage = {
  /** Position in the books. */
  seq: number;
  partnerId: string;
  stationId: string;
  session: Session;
  transaction?: TransactionRecord;
  cdrs: CdrRecord[];
}[];

/**
 * The database as core sees it. Implemented by packages/storage for PostgreSQL and embedded PGlite alike.
 * All methods reject on a database failure; none answers with a default instead.
 */
/** Frames of a station; of some actions, or with some verdicts only. An answer goes with its call. */
export interface Store {
  /** Resolves when the write set is durable. */
  commit(writes: WriteSet): Promise<void>;
  /** Reserves `count` ascending positive integers, unique for ever (D2-050); returns the first. */
  reserveTransactionIds(count: number): Promise<number>;
  /** The same for the numbers that chargers know reservations by (D5-040). */
  reserveReservationIds(count: number): Promise<number>;

  stations: {
    list(): Promise<Station[]>;
    put(station: Station): Promise<void>;
    /** Keeps its transactions, sessions and CDRs; false = unknown. */
    remove(id: string): Promise<boolean>;
    /** One round for many stations; unknown ids are left out. */
    snapshots(ids: string[]): Promise<StationSnapshot[]>;
    /** Stations with open transactions or unsettled commands. */
    unfinished(): Promise<string[]>;
  };
  transactions: {
    get(id: string): Promise<TransactionRecord | undefined>;
    events(id: string): Promise<TransactionEventRecord[]>;
    findByNaturalKey(stationId: string, naturalKey: string): Promise<TransactionRecord | undefined>;
    findByOcppId(stationId: string, ocppTransactionId: string): Promise<TransactionRecord | undefined>;
    list(query: CursorQuery & { stationId?: string; open?: boolean }): Promise<CursorPage<TransactionRecord>>;
  };
  locations: {
    /** Creates or replaces; the statuses of EVSEs that exist are kept. Returns what is now stored. */
    put(location: Location, dirty: DirtyMark[]): Promise<{ location: Location; created: boolean }>;
    get(key: { country_code: string; party_id: string; id: string }): Promise<Location | undefined>;
    /** `parties` absent = all. */
    list(
      query: ListQuery & { parties?: { country_code: string; party_id: string }[]; published?: boolean },
    ): Promise<ListPage<Location>>;
    page(query: CursorQuery): Promise<CursorPage<Location>>;
  };
  tariffs: {
    put(tariff: Tariff, dirty: DirtyMark[]): Promise<{ created: boolean }>;
    get(key: { country_code: string; party_id: string; id: string }): Promise<Tariff | undefined>;
    remove(key: { country_code: string; party_id: string; id: string }, dirty: DirtyMark[]): Promise<boolean>;
    list(
      query: ListQuery & { parties?: { country_code: string; party_id: string }[] },
    ): Promise<ListPage<Tariff>>;
    page(query: CursorQuery): Promise<CursorPage<Tariff>>;
  };
  tokens: {
    /** Key: (partner, country, party, uid ignoring case, type). An older last_updated keeps what is stored (TO-05). */
    put(partnerId: string, token: Token): Promise<{ created: boolean; stored: Token }>;
    get(key: {
      partnerId: string;
      country_code: string;
      party_id: string;
      uid: string;
      type?: string;
    }): Promise<Token | undefined>;
    /** All tokens of all registered partners with this uid, ignoring case (D4-002), and what was said of them before. */
    findByUid(uid: string): Promise<{ partnerId: string; token: Token; previous?: Token }[]>;
    /** The same for tokens of type EMAID by their contract, as `normalizeEmaid` writes it (D4-006). */
    findByContract(emaid: string): Promise<{ partnerId: string; token: Token; previous?: Token }[]>;
    /** The operator's view and entry, by owner without a partner. */
    getByOwner(key: {
      country_code: string;
      party_id: string;
      uid: string;
    }): Promise<{ partnerId: string; token: Token } | undefined>;
    page(
      query: CursorQuery & { partnerId?: string },
    ): Promise<CursorPage<{ partnerId: string; token: Token }>>;
  };
  localTokens: {
    list(): Promise<LocalToken[]>;
    /** By uid, ignoring case; inserts or replaces. */
    put(token: LocalToken): Promise<void>;
    remove(uid: string): Promise<boolean>;
  };
  /** What stations acknowledged of their local lists (D4-042). */
  localLists: {
    get(stationId: string): Promise<LocalListRecord | undefined>;
    put(record: LocalListRecord): Promise<void>;
    remove(stationId: string): Promise<void>;
  };
  partners: {
    list(): Promise<Partner[]>;
    /** Inserts or replaces by id. Secrets are encrypted at rest. */
    put(partner: Partner): Promise<void>;
    remove(id: string): Promise<boolean>;
  };
  sessions: {
    get(id: string): Promise<SessionRecord | undefined>;
    /** In any order; unknown ids are left out. */
    getMany(ids: readonly string[]): Promise<SessionRecord[]>;
    ofTransaction(transactionId: string): Promise<SessionRecord[]>;
    list(query: ListQuery & { partnerId: string }): Promise<ListPage<SessionRecord>>;
    page(query: SessionQuery): Promise<CursorPage<SessionRecord & { delivery?: Delivery }>>;
  };
  cdrs: {
    get(id: string): Promise<CdrRecord | undefined>;
    /** In any order; unknown ids are left out. */
    getMany(ids: readonly string[]): Promise<CdrRecord[]>;
    /** In the order in which they were made. */
    ofSession(sessionId: string): Promise<CdrRecord[]>;
    /** Only released, not held (at `now`). */
    list(query: ListQuery & { partnerId: string; now: EpochMs }): Promise<ListPage<CdrRecord>>;
    page(query: CdrQuery): Promise<CursorPage<CdrRecord & { delivery?: Delivery }>>;
  };
  invoices: InvoiceStore;
  commands: {
    get(id: string): Promise<Command | undefined>;
    /** Those with this correlation id, or that led to this transaction. */
    correlated(id: string): Promise<Command[]>;
    findByRequestKey(requestKey: string, notBefore: EpochMs): Promise<Command | undefined>;
  };
  reservations: {
    get(id: string): Promise<Reservation | undefined>;
    /** The newest one that the partner made with this id of its own, ignoring case; active ones come first. */
    findByPartner(partnerId: string, partnerReservationId: string): Promise<Reservation | undefined>;
    page(query: CursorQuery & { stationId?: string }): Promise<CursorPage<Reservation>>;
  };
  chargingProfiles: {
    get(sessionId: string): Promise<SessionProfile | undefined>;
  };
  /** What stations told of what they are made of (C-023). */
  deviceModels: {
    get(stationId: string): Promise<DeviceModel | undefined>;
    put(stationId: string, model: DeviceModel): Promise<void>;
  };
  resyncs: ResyncReports;
  /** The newest reports of each station (C-002). */
  reports: {
    /** Inserts or replaces by id; of each station only the newest are kept. */
    put(report: StationReport): Promise<void>;
    get(stationId: string, id: string): Promise<StationReport | undefined>;
    /** Without their items. */
    page(query: CursorQuery & { stationId: string }): Promise<CursorPage<Omit<StationReport, 'items'>>>;
  };
  jobs: {
    get(id: string): Promise<StationJob | undefined>;
    /** Of one kind at one station, newest first. */
    newest(stationId: string, kind: JobKind, limit: number): Promise<StationJob[]>;
    page(query: CursorQuery & { stationId?: string }): Promise<CursorPage<StationJob>>;
    /** Removes those that nothing was heard of since; returns how many. */
    prune(updatedBefore: EpochMs): Promise<number>;
  };
  securityEvents: {
    page(query: CursorQuery & { stationId?: string; critical?: boolean }): Promise<CursorPage<SecurityEvent>>;
    prune(receivedBefore: EpochMs): Promise<number>;
  };
  /** What stations told about their configuration (B-050). */
  stationConfigurations: {
    get(stationId: string): Promise<StationConfiguration | undefined>;
    put(stationId: string, configuration: StationConfiguration): Promise<void>;
    remove(stationId: string): Promise<void>;
  };
  /** What is known about files; their bytes are in the file vault. */
  files: {
    put(file: StoredFile): Promise<void>;
    get(id: string): Promise<StoredFile | undefined>;
    /** Newest first; `stationId` = those that it sent. */
    page(query: CursorQuery & { stationId?: string }): Promise<CursorPage<StoredFile>>;
    remove(id: string): Promise<boolean>;
    totalBytes(): Promise<number>;
    /** Ids of files that stations sent before that time. */
    sentBefore(at: EpochMs): Promise<string[]>;
  };
  fileGrants: {
    /** Inserts or replaces by token. */
    put(grant: FileGrant): Promise<void>;
    get(tokenHash: string): Promise<FileGrant | undefined>;
    /** false = somebody else removed it, or there was none: a grant is used once. */
    remove(tokenHash: string): Promise<boolean>;
    prune(expiredBefore: EpochMs): Promise<number>;
  };
  deliveries: {
    /** Pending and due for this partner, oldest first, several at once never twice (SKIP LOCKED). */
    due(partnerId: string, now: EpochMs, limit: number): Promise<Delivery[]>;
    /** When the partner's next pending delivery is due. */
    nextDueAt(partnerId: string): Promise<EpochMs | undefined>;
    get(partnerId: string, kind: Delivery['kind'], key: string): Promise<Delivery | undefined>;
    find(id: string): Promise<Delivery | undefined>;
    /** A pending or parked one is due at `at`, in full; false = there is none of these by this id. */
    retry(id: string, at: EpochMs): Promise<boolean>;
    /** What failed before and waits for its next try is due at `at`, except for what is being worked on. */
    hasten(partnerId: string, at: EpochMs): Promise<void>;
    /** The object is due at `at` and told in full, whatever the partner was told of it. */
    resend(partnerId: string, kind: Delivery['kind'], key: string, at: EpochMs): Promise<void>;
    /** A pending or parked one is not told, until its object changes again; false as above. */
    discard(id: string): Promise<boolean>;
    /** How many objects each partner still has to be told. */
    backlog(): Promise<{ partnerId: string; kind: Delivery['kind']; count: number }[]>;
    /** Those of the keys that this partner still has to be told. */
    pendingAmong(partnerId: string, kind: Delivery['kind'], keys: readonly string[]): Promise<Set<string>>;
    mark(marks: DirtyMark[]): Promise<void>;
    update(updates: DeliveryUpdate[]): Promise<void>;
    page(query: DeliveryQuery): Promise<CursorPage<Delivery>>;
    removePartner(partnerId: string): Promise<void>;
  };
  frames: {
    /** Newest first; `before` = cursor of the previous page. */
    page(query: FrameQuery): Promise<CursorPage<FrameRecord & { id: string }>>;
    /** Those of these messages of a station that are still kept, with their answers. */
    ofMessages(
      stationId: string,
      messages: readonly { messageId: string; at: EpochMs }[],
    ): Promise<(FrameRecord & { id: string })[]>;
    /** The newest with one of these correlation ids, newest first. */
    correlated(correlationIds: readonly string[], limit: number): Promise<(FrameRecord & { id: string })[]>;
    prune(before: EpochMs): Promise<number>;
  };
  /** HTTP exchanges with partners; lost rather than waited for. */
  exchanges: {
    append(records: readonly ExchangeRecord[]): Promise<void>;
    /** Newest first. */
    page(
      query: CursorQuery & { partnerId: string; direction?: ExchangeRecord['direction'] },
    ): Promise<CursorPage<ExchangeRecord & { id: string }>>;
    /** The newest with one of these correlation ids, newest first. */
    correlated(
      correlationIds: readonly string[],
      limit: number,
    ): Promise<(ExchangeRecord & { id: string })[]>;
    /** When an exchange of each direction last went well, among the newest. */
    lastSuccess(partnerId: string): Promise<{ in?: EpochMs; out?: EpochMs }>;
    prune(before: EpochMs): Promise<number>;
  };
  attention: {
    page(query: CursorQuery): Promise<CursorPage<AttentionRecord>>;
    /** Entries about one of these subjects, oldest first. */
    about(subjects: readonly string[]): Promise<AttentionRecord[]>;
    resolve(id: string, at: EpochMs): Promise<boolean>;
  };
  /** What was done by the operator API. */
  audit: {
    append(record: AuditRecord): Promise<void>;
    /** Newest first. */
    page(query: AuditQuery): Promise<CursorPage<AuditRecord & { id: string }>>;
    /** Removes what is older, and the oldest of what are too many; returns how many. */
    prune(before: EpochMs): Promise<number>;
  };
  /** What the books say about sessions, in the order in which they began (D3-050). */
  ledger: {
    /** Those that began after `after`, the `seq` of an earlier one or 0. */
    page(query: { after: number; limit: number }): Promise<LedgerPage>;
  };
  /** Small named values of the platform, e.g. the hash of the first operator token. */
  settings: {
    get(name: string): Promise<string | undefined>;
    put(name: string, value: string): Promise<void>;
  };
  /** True when the database answers. */
  ping(): Promise<boolean>;
  close(): Promise<void>;
}
