import { type Kysely, sql } from 'kysely';

/**
 * Times are milliseconds since 1970 (int8). Documents are JSON in text columns; what is looked up has a column of
 * its own. `seq` is the order of creation, in which lists are paged. Keys that every message of a charger looks up or
 * adds are compared byte by byte (collation "C"), whatever the language of the database: nobody reads them in order.
 */
const STATEMENTS = [
  sql`create table stations (
    id text primary key,
    seq bigserial not null unique,
    document text not null
  )`,
  // station ids differ in more than case.
  sql`create unique index stations_id_ignoring_case on stations (lower(id))`,

  sql`create table station_states (
    station_id text collate "C" primary key,
    document text not null
  ) with (fillfactor = 70)`,

  sql`create table locations (
    seq bigserial primary key,
    country_code text not null,
    party_id text not null,
    id text not null,
    publish boolean not null,
    last_updated int8 not null,
    document text not null,
    constraint locations_key unique (country_code, party_id, id)
  )`,
  sql`create index locations_last_updated on locations (last_updated)`,
  sql`create index locations_published on locations (seq) where publish`,
  sql`create index locations_of_party on locations (country_code, party_id, seq) where publish`,

  sql`create table evses (
    location_seq int8 not null references locations (seq) on delete cascade,
    uid text not null,
    station_id text collate "C",
    evse_id int8,
    status text not null,
    last_updated int8 not null,
    primary key (location_seq, uid)
  ) with (fillfactor = 70)`,
  sql`create unique index evses_binding on evses (station_id, evse_id) where status <> 'REMOVED'`,
  sql`create index evses_last_updated on evses (last_updated)`,

  sql`create table tariffs (
    seq bigserial primary key,
    country_code text not null,
    party_id text not null,
    id text not null,
    last_updated int8 not null,
    document text not null,
    constraint tariffs_key unique (country_code, party_id, id)
  )`,
  sql`create index tariffs_last_updated on tariffs (last_updated)`,

  sql`create table partners (
    id text primary key,
    seq bigserial not null unique,
    status text not null,
    inbound_token bytea not null,
    outbound_token bytea,
    next_token bytea,
    previous_token bytea,
    document text not null
  )`,

  sql`create table invoices (
    seq bigserial primary key,
    partner_id text not null,
    sender text not null,
    invoice_key text not null,
    last_updated int8 not null,
    document text not null,
    constraint invoices_key unique (partner_id, sender, invoice_key)
  )`,

  sql`create table tokens (
    seq bigserial primary key,
    partner_id text not null,
    country_code text not null,
    party_id text not null,
    uid_key text not null,
    type text not null,
    contract_key text,
    last_updated int8 not null,
    document text not null,
    previous text,
    constraint tokens_key unique (partner_id, country_code, party_id, uid_key, type)
  )`,
  sql`create index tokens_uid on tokens (uid_key)`,
  sql`create index tokens_contract on tokens (contract_key) where contract_key is not null`,

  sql`create table local_tokens (
    uid_key text primary key,
    document text not null
  )`,

  sql`create table local_lists (
    station_id text primary key,
    document text not null
  )`,

  sql`create table device_models (
    station_id text primary key,
    document text not null
  )`,

  sql`create table reports (
    id text primary key,
    seq bigserial not null unique,
    station_id text not null,
    document text not null,
    items text not null
  )`,
  sql`create index reports_of_station on reports (station_id, seq)`,

  sql`create table transactions (
    id text collate "C" primary key,
    seq bigserial not null unique,
    station_id text collate "C" not null,
    ocpp_transaction_id text collate "C" not null,
    natural_key text collate "C",
    started_at int8 not null,
    open boolean not null,
    document text not null
  ) with (fillfactor = 70)`,
  // C2: a start that is sent again finds the transaction that it made.
  sql`create unique index transactions_natural_key on transactions (station_id, natural_key) where natural_key is not null`,
  sql`create index transactions_ocpp_id on transactions (station_id, ocpp_transaction_id)`,
  sql`create index transactions_of_station on transactions (station_id, seq)`,
  sql`create index transactions_open on transactions (station_id, seq) where open`,

  sql`create table transaction_events (
    transaction_id text collate "C" not null,
    ordinal int8 not null,
    station_id text not null,
    document text not null,
    primary key (transaction_id, ordinal)
  )`,

  sql`create table sessions (
    id text collate "C" primary key,
    seq bigserial not null unique,
    partner_id text collate "C" not null,
    station_id text not null,
    transaction_id text collate "C" not null,
    last_updated int8 not null,
    last_updated_hour int8 not null generated always as (last_updated / 3600000) stored,
    document text not null,
    snapshot text not null
  ) with (fillfactor = 70, toast_tuple_target = 8160)`,
  // Documents of a few kB stay in their row as they are: compressing them costs more than it saves.
  sql`alter table sessions alter column document set storage external, alter column snapshot set storage external`,
  sql`create index sessions_of_partner on sessions (partner_id, seq)`,
  // By the hour: an update in the same hour as the last one changes no index, and makes no entry in any (HOT).
  sql`create index sessions_last_updated on sessions (partner_id, last_updated_hour)`,
  sql`create index sessions_of_transaction on sessions (transaction_id)`,

  sql`create table cdrs (
    id text collate "C" primary key,
    seq bigserial not null unique,
    partner_id text collate "C" not null,
    station_id text not null,
    transaction_id text not null,
    session_id text collate "C" not null,
    hold text,
    release_at int8 not null,
    document text not null
  ) with (toast_tuple_target = 8160)`,
  sql`alter table cdrs alter column document set storage external`,
  // A session has one CDR, and those that take it back and replace it (CD-20).
  sql`create index cdrs_of_session on cdrs (session_id, seq)`,
  // For a partner a CDR is created, and last updated, when it is released.
  sql`create index cdrs_released on cdrs (partner_id, release_at, seq) where hold is null`,

  // What makes a page of a long list cost the same wherever it is: where every some hundredth row stands.
  sql`create table list_marks (
    list text not null,
    position int8 not null,
    at int8 not null,
    seq int8 not null,
    primary key (list, at, seq)
  )`,
  sql`create index list_marks_position on list_marks (list, position)`,

  sql`create table commands (
    id text primary key,
    station_id text not null,
    request_key text not null,
    state text not null,
    created_at int8 not null,
    window_ends_at int8 not null,
    document text not null
  ) with (fillfactor = 70)`,
  sql`create index commands_request on commands (request_key, created_at)`,
  sql`create index commands_window on commands (station_id, window_ends_at)`,
  sql`create index commands_unsettled on commands (station_id) where state <> 'settled'`,

  sql`create table reservations (
    id text primary key,
    seq bigserial not null unique,
    station_id text not null,
    partner_id text,
    partner_key text,
    status text not null,
    document text not null
  )`,
  sql`create index reservations_of_partner on reservations (partner_id, partner_key, seq) where partner_id is not null`,
  sql`create index reservations_of_station on reservations (station_id, seq)`,
  sql`create index reservations_active on reservations (station_id) where status = 'active'`,

  sql`create table charging_profiles (
    session_id text primary key,
    transaction_id text not null,
    document text not null
  )`,
  sql`create index charging_profiles_of_transaction on charging_profiles (transaction_id)`,

  sql`create table jobs (
    id text primary key,
    seq bigserial not null unique,
    station_id text not null,
    kind text not null,
    updated_at int8 not null,
    document text not null
  )`,
  sql`create index jobs_of_station on jobs (station_id, kind, seq)`,

  sql`create table security_events (
    id text primary key,
    seq bigserial not null unique,
    station_id text not null,
    critical boolean not null,
    received_at int8 not null,
    document text not null
  )`,
  sql`create index security_events_of_station on security_events (station_id, seq)`,

  sql`create table station_configurations (
    station_id text primary key,
    document text not null
  )`,

  sql`create table files (
    id text primary key,
    seq bigserial not null unique,
    station_id text,
    size_bytes int8 not null,
    created_at int8 not null,
    document text not null
  )`,

  sql`create table file_grants (
    token_hash text primary key,
    expires_at int8 not null,
    document text not null
  )`,

  sql`create table resync_reports (
    partner_id text not null,
    module text not null,
    document text not null,
    primary key (partner_id, module)
  )`,

  sql`create table deliveries (
    partner_id text collate "C" not null,
    kind text collate "C" not null,
    key text collate "C" not null,
    seq bigserial not null unique,
    state text not null,
    version int8 not null,
    told_version int8 not null default 0,
    due_at int8 not null,
    urgent_at int8,
    paced_at int8,
    min_interval_ms int8,
    attempts int8 not null default 0,
    leased_until int8,
    told text,
    acknowledged_at int8,
    remote_url text,
    last_error text,
    primary key (partner_id, kind, key)
  ) with (fillfactor = 70)`,
  sql`create index deliveries_due on deliveries (partner_id, due_at, seq) where state = 'pending'`,

  sql`create table frames (
    id bigserial not null,
    station_id text collate "C" not null,
    at int8 not null,
    direction text not null,
    message_type int8,
    message_id text,
    action text,
    raw text not null,
    verdict text not null,
    anomalies text,
    latency_ms float8,
    correlation_id text,
    answer text,
    primary key (station_id, id)
  )`,
  // Frames arrive in the order of their times, so the smallest index finds the old ones.
  sql`create index frames_at on frames using brin (at)`,
  // Traces are rare and frames many: this index costs next to nothing to keep, and rules most of the table out.
  sql`create index frames_correlation on frames using brin (correlation_id text_bloom_ops)`,

  sql`create table exchanges (
    id bigserial primary key,
    partner_id text not null,
    at int8 not null,
    direction text not null,
    method text not null,
    url text not null,
    http_status int8,
    status_code int8,
    latency_ms float8 not null,
    request_id text,
    correlation_id text,
    request_body text,
    response_body text,
    error text
  )`,
  // Bodies are JSON that is read seldom: compressing them costs more than it saves.
  sql`alter table exchanges alter column request_body set storage external, alter column response_body set storage external`,
  sql`create index exchanges_of_partner on exchanges (partner_id, id)`,
  sql`create index exchanges_at on exchanges using brin (at)`,
  sql`create index exchanges_correlation on exchanges using brin (correlation_id text_bloom_ops)`,

  sql`create table attention (
    id text primary key,
    seq bigserial not null unique,
    resolved_at int8,
    document text not null
  )`,

  sql`create table audit (
    id bigserial primary key,
    at int8 not null,
    actor text not null,
    role text not null,
    address text not null,
    action text not null,
    method text not null,
    path text not null,
    status int8 not null,
    outcome text
  )`,
  sql`create index audit_at on audit using brin (at)`,

  sql`create table settings (
    name text primary key,
    value text not null
  )`,

  // Not a PostgreSQL sequence: several ids in a row are reserved at once (D2-050).
  sql`create table sequences (
    name text primary key,
    next int8 not null
  )`,
  sql`insert into sequences (name, next) values ('transaction', 1), ('reservation', 1)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(db);
}
