import { type Row, rows } from './operator-api.js';
import type { Column } from './table.js';

const member = (name: string): Column => [name.replaceAll('_', ' '), (row) => row[name]];

export const STATION_COLUMNS: Column[] = [
  member('id'),
  ['state', ({ connected }) => (connected === true ? 'connected' : 'not connected')],
  ['since', ({ connected_since, last_frame_at }) => connected_since ?? last_frame_at],
  member('protocol'),
  ['model', ({ vendor, model }) => [vendor, model].filter(Boolean).join(' ')],
  ['evses', ({ evses }) => rows(evses).map(evseText).join(', ')],
  ['open', ({ open_transactions }) => (Array.isArray(open_transactions) ? open_transactions.length : '')],
];

export const FRAME_COLUMNS: Column[] = [
  member('at'),
  ['dir', ({ direction }) => (direction === 'in' ? 'in  <' : 'out >')],
  member('action'),
  member('verdict'),
  ['ms', ({ latency_ms }) => latency_ms],
  member('raw'),
];

export const PARTNER_COLUMNS: Column[] = [
  member('id'),
  member('name'),
  member('status'),
  member('version'),
  ['lane', ({ paused }) => (paused === true ? 'paused' : 'running')],
  member('backlog'),
  ['last success', ({ last_success_at }) => last_success_at],
];

export const SESSION_COLUMNS: Column[] = [
  member('id'),
  member('status'),
  ['station', ({ station_id }) => station_id],
  ['evse', ({ evse_uid }) => evse_uid],
  member('kwh'),
  ['cost', costText],
  ['partner', ({ partner_id }) => partner_id],
  ['updated', ({ last_updated }) => last_updated],
];

export const CDR_COLUMNS: Column[] = [
  member('id'),
  ['station', ({ station_id }) => station_id],
  ['kwh', ({ total_energy }) => total_energy],
  ['cost', costText],
  ['partner', ({ partner_id }) => partner_id],
  [
    'delivery',
    ({ hold, delivery }) => (hold === undefined ? rows([delivery])[0]?.state : `held: ${String(hold)}`),
  ],
  ['ended', ({ end_date_time }) => end_date_time],
];

export const ATTENTION_COLUMNS: Column[] = [
  member('id'),
  member('kind'),
  member('subject'),
  member('message'),
  member('created_at'),
  member('resolved_at'),
];

export const COMPARISON_COLUMNS: Column[] = [
  ['cdr', ({ cdr_id }) => cdr_id],
  ['station', ({ station_id }) => station_id],
  ['ended', ({ end_date_time }) => end_date_time],
  ['kwh', ({ total_energy }) => total_energy],
  ['billed', ({ billed }) => netText(billed)],
  ['what if', ({ what_if, unpriceable }) => netText(what_if) || unpriceable],
];

/** Amount without taxes. */
function netText(value: unknown): string {
  const [priced] = rows([value]);
  const [price] = rows([priced?.total_cost]);
  return price === undefined ? '' : `${String(price.excl_vat)} ${String(priced?.currency)}`;
}

function evseText({ evse_id, status, connectors }: Row): string {
  const raw = rows(connectors)[0]?.raw_status;
  return `${String(evse_id)} ${String(status)}${raw === undefined ? '' : ` (${String(raw)})`}`;
}

function costText({ total_cost, currency }: Row): string {
  const price = rows([total_cost])[0];
  return price === undefined ? '' : `${String(price.incl_vat ?? price.excl_vat)} ${String(currency)}`;
}

export const LOCAL_TOKEN_COLUMNS: Column[] = [
  member('uid'),
  member('type'),
  member('blocked'),
  member('expires_at'),
  member('group_id'),
];
