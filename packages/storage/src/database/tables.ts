import type { Generated, GeneratedAlways } from 'kysely';

/** Columns of the tables as queries see them; int8 is read as number. See src/migrations. */
export interface Tables {
  stations: { id: string; seq: Generated<number>; document: string };
  station_states: { station_id: string; document: string };
  locations: {
    seq: Generated<number>;
    country_code: string;
    party_id: string;
    id: string;
    publish: boolean;
    last_updated: number;
    document: string;
  };
  evses: {
    location_seq: number;
    uid: string;
    station_id: string | null;
    evse_id: number | null;
    status: string;
    last_updated: number;
  };
  tariffs: {
    seq: Generated<number>;
    country_code: string;
    party_id: string;
    id: string;
    last_updated: number;
    document: string;
  };
  /** The key is country, party and id in upper case. */
  invoices: {
    seq: Generated<number>;
    partner_id: string;
    sender: string;
    invoice_key: string;
    last_updated: number;
    document: string;
  };
  partners: {
    id: string;
    seq: Generated<number>;
    status: string;
    inbound_token: Uint8Array;
    outbound_token: Uint8Array | null;
    next_token: Uint8Array | null;
    previous_token: Uint8Array | null;
    document: string;
  };
  tokens: {
    seq: Generated<number>;
    partner_id: string;
    country_code: string;
    party_id: string;
    /** The uid in lower case: uids are compared ignoring case. */
    uid_key: string;
    type: string;
    /** What the partner said before (D2-073). */
    previous: string | null;
    /** Contract of a token of type EMAID, in one spelling. */
    contract_key: string | null;
    last_updated: number;
    document: string;
  };
  /** The operator's own cards; the uid in lower case. */
  local_tokens: { uid_key: string; document: string };
  local_lists: { station_id: string; document: string };
  device_models: { station_id: string; document: string };
  /** What is in a report has a column of its own: lists do without it. */
  reports: { id: string; seq: Generated<number>; station_id: string; document: string; items: string };
  /** The last comparison of each module with each partner. */
  resync_reports: { partner_id: string; module: string; document: string };
  transactions: {
    id: string;
    seq: Generated<number>;
    station_id: string;
    ocpp_transaction_id: string;
    natural_key: string | null;
    started_at: number;
    open: boolean;
    document: string;
  };
  transaction_events: { transaction_id: string; ordinal: number; station_id: string; document: string };
  sessions: {
    id: string;
    seq: Generated<number>;
    partner_id: string;
    station_id: string;
    transaction_id: string;
    last_updated: number;
    last_updated_hour: GeneratedAlways<number>;
    document: string;
    snapshot: string;
  };
  cdrs: {
    id: string;
    seq: Generated<number>;
    partner_id: string;
    station_id: string;
    transaction_id: string;
    session_id: string;
    hold: string | null;
    release_at: number;
    document: string;
  };
  /** Rows of a list that are before the row at (`at`, `seq`); `at` is 0 in lists that are ordered by seq alone. */
  list_marks: { list: string; position: number; at: number; seq: number };
  commands: {
    id: string;
    station_id: string;
    request_key: string;
    state: string;
    created_at: number;
    window_ends_at: number;
    document: string;
  };
  reservations: {
    id: string;
    seq: Generated<number>;
    station_id: string;
    partner_id: string | null;
    /** The partner's own id in lower case. */
    partner_key: string | null;
    status: string;
    document: string;
  };
  charging_profiles: { session_id: string; transaction_id: string; document: string };
  jobs: {
    id: string;
    seq: Generated<number>;
    station_id: string;
    kind: string;
    updated_at: number;
    document: string;
  };
  security_events: {
    id: string;
    seq: Generated<number>;
    station_id: string;
    critical: boolean;
    received_at: number;
    document: string;
  };
  station_configurations: { station_id: string; document: string };
  files: {
    id: string;
    seq: Generated<number>;
    station_id: string | null;
    size_bytes: number;
    created_at: number;
    document: string;
  };
  file_grants: { token_hash: string; expires_at: number; document: string };
  deliveries: DeliveryRow;
  frames: {
    id: Generated<number>;
    station_id: string;
    at: number;
    direction: string;
    message_type: number | null;
    message_id: string | null;
    action: string | null;
    raw: string;
    verdict: string;
    /** JSON; null = none. */
    anomalies: string | null;
    latency_ms: number | null;
    correlation_id: string | null;
    /** Our answer, where it was stored together with the call. */
    answer: string | null;
  };
  exchanges: {
    id: Generated<number>;
    partner_id: string;
    at: number;
    direction: string;
    method: string;
    url: string;
    http_status: number | null;
    status_code: number | null;
    latency_ms: number;
    request_id: string | null;
    correlation_id: string | null;
    request_body: string | null;
    response_body: string | null;
    error: string | null;
  };
  attention: { id: string; seq: Generated<number>; resolved_at: number | null; document: string };
  audit: {
    id: Generated<number>;
    at: number;
    actor: string;
    role: string;
    address: string;
    action: string;
    method: string;
    path: string;
    status: number;
    outcome: string | null;
  };
  settings: { name: string; value: string };
  sequences: { name: string; next: number };
}

export interface DeliveryRow {
  partner_id: string;
  kind: string;
  key: string;
  seq: Generated<number>;
  state: string;
  version: number;
  told_version: number;
  due_at: number;
  /** When the marks since the last claim want the partner told: at once, or paced by its last answer. */
  urgent_at: number | null;
  paced_at: number | null;
  min_interval_ms: number | null;
  attempts: number;
  /** Being worked on until then. */
  leased_until: number | null;
  told: string | null;
  acknowledged_at: number | null;
  remote_url: string | null;
  last_error: string | null;
}
