import type { DeliveryUpdate } from '@roambridge/core';
import { CompiledQuery, type Kysely } from 'kysely';
import { despiteDeadlock } from '../database/failure.js';
import type { Tables } from '../database/tables.js';
import { toDocument } from '../encoding/document.js';
import { defineRows } from '../encoding/row-source.js';
import { StorageError } from '../errors.js';

const ROWS = defineRows<DeliveryUpdate>('deliveries', {
  partner_id: ['text', (update) => update.partnerId],
  kind: ['text', (update) => update.kind],
  key: ['text', (update) => update.key],
  version: ['int8', (update) => update.version],
  outcome: ['text', (update) => update.outcome],
  at: ['int8', (update) => update.at],
  next_at: ['int8', nextAt],
  told: ['document', (update) => (update.told === undefined ? null : toDocument(update.told))],
  remote_url: ['text', (update) => update.remoteUrl ?? null],
  error: ['text', (update) => update.error ?? null],
});

function nextAt(update: DeliveryUpdate): number | null {
  if (update.outcome !== 'retry' && update.outcome !== 'postponed') return null;
  if (update.nextAt !== undefined) return update.nextAt;
  throw new StorageError('VALUE_INVALID', `nextAt: needed for the outcome "${update.outcome}"`);
}

/** No mark came while the row was worked on. */
const UNCHANGED = 'd.version <= new.version';
const ACKNOWLEDGED = "new.outcome = 'acknowledged'";
const SETTLED = `(new.outcome in ('acknowledged', 'parked') and ${UNCHANGED})`;

/**
 * A row whose version was raised while it was worked on stays pending, and is due when the newer marks asked for
 * it: paced ones count from this acknowledgement.
 */
const STATEMENT = `update deliveries as d set
    leased_until = null,
    state = case when ${SETTLED} then new.outcome else 'pending' end,
    told_version = case when ${ACKNOWLEDGED} then greatest(d.told_version, new.version) else d.told_version end,
    told = coalesce(new.told, d.told),
    acknowledged_at = case when ${ACKNOWLEDGED} then new.at else d.acknowledged_at end,
    remote_url = coalesce(new.remote_url, d.remote_url),
    last_error = case when ${ACKNOWLEDGED} then null else coalesce(new.error, d.last_error) end,
    attempts = case
      when ${ACKNOWLEDGED} or (new.outcome = 'parked' and not ${UNCHANGED}) then 0
      when new.outcome = 'postponed' then d.attempts
      else d.attempts + 1 end,
    due_at = case when ${SETTLED} then d.due_at else coalesce(
      new.next_at,
      least(d.urgent_at, greatest(d.paced_at,
        case when ${ACKNOWLEDGED} then new.at else d.acknowledged_at end + d.min_interval_ms)),
      d.due_at) end
  from ${ROWS.from(1)}
  where d.partner_id = new.partner_id and d.kind = new.kind and d.key = new.key
    and (d.state <> 'discarded' or ${ACKNOWLEDGED})`;

/** Writes the results of deliveries; rows that are gone are left out. */
export async function updateDeliveries(
  tables: Kysely<Tables>,
  updates: readonly DeliveryUpdate[],
): Promise<void> {
  if (updates.length === 0) return;
  const last = new Map(
    updates.map((update) => [`${update.partnerId}\n${update.kind}\n${update.key}`, update]),
  );
  const rows = [...last].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, update]) => update);
  const query = CompiledQuery.raw(STATEMENT, ROWS.values(rows));
  await despiteDeadlock(() => tables.executeQuery(query));
}
