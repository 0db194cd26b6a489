import type { Delivery } from '@roambridge/core';
import { fromDocument } from '../encoding/document.js';

export const DELIVERY_COLUMNS = [
  'seq',
  'partner_id',
  'kind',
  'key',
  'state',
  'version',
  'told_version',
  'due_at',
  'attempts',
  'told',
  'acknowledged_at',
  'remote_url',
  'last_error',
] as const;

export interface ReadDelivery {
  seq: number;
  partner_id: string;
  kind: string;
  key: string;
  state: string;
  version: number;
  told_version: number;
  due_at: number;
  attempts: number;
  told: string | null;
  acknowledged_at: number | null;
  remote_url: string | null;
  last_error: string | null;
}

export function toDelivery(row: ReadDelivery): Delivery {
  return {
    id: String(row.seq),
    partnerId: row.partner_id,
    kind: row.kind as Delivery['kind'],
    key: row.key,
    state: row.state as Delivery['state'],
    version: row.version,
    toldVersion: row.told_version,
    dueAt: row.due_at,
    attempts: row.attempts,
    ...(row.told === null ? {} : { told: fromDocument<Record<string, unknown>>(row.told) }),
    ...(row.acknowledged_at === null ? {} : { acknowledgedAt: row.acknowledged_at }),
    ...(row.remote_url === null ? {} : { remoteUrl: row.remote_url }),
    ...(row.last_error === null ? {} : { lastError: row.last_error }),
  };
}
