/** The members of the operator API that the console reads. */
import type { PartnerPolicy } from './console-views.js';

export type EvseStatus =
  | 'AVAILABLE'
  | 'BLOCKED'
  | 'CHARGING'
  | 'INOPERATIVE'
  | 'OUTOFORDER'
  | 'PLANNED'
  | 'REMOVED'
  | 'RESERVED'
  | 'UNKNOWN';

export interface ConnectorView {
  connector_id: number;
  status: string;
  raw_status: string;
  error_code?: string;
  vendor_error_code?: string;
  info?: string;
  reported_at: string;
}

export interface EvseView {
  evse_id: number;
  status: EvseStatus;
  status_since?: string;
  availability?: { raw_status: string; reported_at: string };
  charging_state?: string;
  location_id?: string;
  evse_uid?: string;
  connectors: ConnectorView[];
  transaction_id?: string;
  power_w?: number;
  energy_wh?: number;
}

export interface StationView {
  id: string;
  name?: string;
  security_profile: number;
  connected: boolean;
  connected_since?: string;
  remote_address?: string;
  last_frame_at?: string;
  last_heartbeat_at?: string;
  boot_status?: string;
  booted_at?: string;
  protocol?: string;
  vendor?: string;
  model?: string;
  serial_number?: string;
  firmware_version?: string;
  clock_skew_seconds?: number;
  quirks?: string[];
  availability?: { status: string; raw_status: string; reported_at: string };
  evses: EvseView[];
  open_transactions: string[];
}

export interface Price {
  excl_vat: number;
  incl_vat?: number;
}

export interface SessionView {
  id: string;
  status: string;
  station_id: string;
  evse_uid: string;
  start_date_time: string;
  kwh: number;
  total_cost?: Price;
  currency: string;
  partner_id: string;
  last_updated: string;
  delivery?: DeliveryProgress;
}

export interface DeliveryProgress {
  state: 'pending' | 'acknowledged' | 'parked' | 'discarded';
  attempts: number;
  due_at: string;
  acknowledged_at?: string;
  last_error?: string;
}

export interface DeliveryView extends DeliveryProgress {
  id: string;
  partner_id: string;
  kind: string;
  key: string;
}

export interface CdrView {
  id: string;
  station_id: string;
  session_id: string;
  transaction_id: string;
  cdr_location: { evse_uid: string; name?: string; address?: string; city?: string };
  cdr_token: { uid: string; contract_id: string };
  start_date_time: string;
  end_date_time: string;
  total_energy: number;
  total_time: number;
  total_cost?: Price;
  currency: string;
  partner_id: string;
  hold?: string;
  hold_detail?: string;
  doubt?: string;
  credit?: true;
  credit_reference_id?: string;
  replaces?: string;
  reason?: string;
  release_at: string;
  delivery?: DeliveryProgress;
}

export interface TransactionView {
  id: string;
  station_id: string;
  evse_id?: number;
  ocpp_transaction_id: string;
  id_token?: string;
  started_at: string;
  stopped_at?: string;
  stop_reason?: string;
  energy_wh: number;
  open: boolean;
  session_id?: string;
  flags: string[];
}

/** What the meter showed; each member may be missing. */
export interface CurvePointView {
  at: string;
  power_w?: number;
  /** Since the start of the transaction. */
  energy_wh?: number;
}

export interface CurveView {
  points: CurvePointView[];
}

export interface FrameView {
  id?: string;
  at: string;
  direction: 'in' | 'out';
  message_type: number | null;
  message_id: string | null;
  action: string | null;
  raw: string;
  verdict: 'ok' | 'repaired' | 'quarantined' | 'rejected' | 'malformed';
  anomalies: string[];
  quirks?: string[];
  latency_ms: number | null;
  correlation_id: string | null;
}

export interface LaneView {
  state: 'idle' | 'working' | 'waiting' | 'paused';
  paused_until?: string;
  failures: number;
  last_error?: string;
  last_error_at?: string;
}

export interface PartnerView {
  id: string;
  name: string;
  status: 'awaiting_registration' | 'registered' | 'unregistered';
  version?: string;
  versions_url?: string;
  roles: { role: string; country_code: string; party_id: string; name: string }[];
  endpoints: { identifier: string; role: string; url: string }[];
  token_encoding?: string;
  authorization_policy?: PartnerPolicy;
  created_at: string;
  registered_at?: string;
  paused: boolean;
  paused_until?: string;
  last_success_at?: string;
  last_inbound_at?: string;
  backlog: number;
  lane: LaneView;
}

export interface ProbeView {
  verdict: 'ok' | 'warning' | 'problem' | 'skipped';
  findings: { check: string; verdict: ProbeView['verdict']; finding: string }[];
}

export interface ResyncView {
  module: 'locations' | 'tariffs' | 'sessions' | 'cdrs';
  state: 'running' | 'done' | 'stopped';
  compared: number;
  same: number;
  repaired: number;
  owed: number;
  unverifiable: number;
  detail?: string;
}

export interface DowngradeView {
  locations: { total: number; not_told: number };
  tariffs: { total: number; not_told: number };
  lost: { what: string; objects: number; example: string }[];
}

export interface ExchangeView {
  id: string;
  at: string;
  direction: 'in' | 'out';
  method: string;
  url: string;
  http_status: number | null;
  status_code: number | null;
  latency_ms: number;
  request_body: string | null;
  response_body: string | null;
  correlation_id: string | null;
  error: string | null;
}

export interface AttentionView {
  id: string;
  kind: string;
  subject: string;
  station_id?: string;
  partner_id?: string;
  message: string;
  created_at: string;
  resolved_at?: string;
}

export interface CallOutcomeView {
  message_id: string | null;
  outcome: 'result' | 'error' | 'timeout' | 'not_connected';
  payload?: Record<string, unknown>;
  error?: { code: string; description: string };
}

export interface RegisterView {
  at: string;
  wh: number;
  readings: { at: string; wh: number; source: string; context?: string; frame_id?: string }[];
}

export interface BillLine {
  dimension: string;
  element?: number;
  tariff_member?: string;
  from: string;
  to: string;
  volume: number;
  billed_volume: number;
  price?: number;
  amount_excl_vat: number;
  vat?: number;
  why: string;
  begin?: RegisterView;
  end?: RegisterView;
  states: { at: string; state: string; frame_id?: string }[];
}

export interface ExplanationView {
  cdr_id: string;
  transaction_id: string;
  station_id: string;
  currency: string;
  total_cost?: Price;
  adds_up: boolean;
  lines: BillLine[];
  unpriceable?: { reason: string; detail: string };
  snapshot: { tariffs: { id: string }[]; location: { id: string; time_zone: string } };
  signed_data: { at: string; context: string; encoding_method?: string; verdict: string }[];
  frames: FrameView[];
}

export interface TraceEntryView {
  at: string;
  kind: 'frame' | 'decision' | 'command' | 'session' | 'cdr' | 'delivery' | 'exchange' | 'attention';
  frame?: FrameView;
  decision?: {
    event: string;
    trigger_reason?: string;
    partner_id?: string;
    auth_method?: string;
    refused?: boolean;
    flags?: string[];
  };
  command?: { id: string; partner_id: string; command: string; state: string; result?: string };
  session?: SessionView;
  cdr?: CdrView;
  delivery?: DeliveryView;
  exchange?: ExchangeView;
  attention?: AttentionView;
}

export interface TraceView {
  correlation_id: string;
  transaction?: TransactionView;
  entries: TraceEntryView[];
  truncated: boolean;
}

export interface UnknownStationView {
  id: string;
  state: 'refused' | 'quarantined';
  /** There is such a station: its credentials or its connection are wrong. */
  provisioned: boolean;
  reason: string;
  /** What to enter in the charger. */
  url: string;
  attempts: number;
  last_seen_at: string;
  remote_address: string;
  protocols: string[];
  vendor?: string;
  model?: string;
}

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}
