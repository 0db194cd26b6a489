import { DATA_TYPE_QUIRKS } from './data-types.js';
import { METER_QUIRKS } from './meter-values.js';
import type { Quirk } from './quirk.js';
import { SMART_CHARGING_QUIRKS } from './smart-charging.js';
import { STATUS_QUIRKS } from './status.js';
import { TRANSACTION_QUIRKS } from './transactions.js';
import { TRANSPORT_QUIRKS } from './transport.js';

/** Every quirk that is known, by subject. docs/reference/quirks.md is made from it. */
export const QUIRK_SUBJECTS = {
  'Connecting and framing': TRANSPORT_QUIRKS,
  'Types of values': DATA_TYPE_QUIRKS,
  Transactions: TRANSACTION_QUIRKS,
  'Meter values': METER_QUIRKS,
  Status: STATUS_QUIRKS,
  'Smart charging': SMART_CHARGING_QUIRKS,
} as const satisfies Record<string, Readonly<Record<string, Quirk>>>;

const ALL = {
  ...TRANSPORT_QUIRKS,
  ...DATA_TYPE_QUIRKS,
  ...TRANSACTION_QUIRKS,
  ...METER_QUIRKS,
  ...STATUS_QUIRKS,
  ...SMART_CHARGING_QUIRKS,
};

export type QuirkId = keyof typeof ALL;

/** Every quirk that is known, by its id. */
export const QUIRKS: Readonly<Record<QuirkId, Quirk>> = ALL;
