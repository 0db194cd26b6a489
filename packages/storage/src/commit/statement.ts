import type { WriteSet } from '@roambridge/core';
import type { EpochMs } from '@roambridge/domain';
import type { PreparedStatement } from '../database/database.js';
import { createParameters, type Parameters } from '../encoding/parameters.js';
import { attention } from './attention.js';
import { cdrs } from './cdrs.js';
import { chargingProfiles } from './charging-profiles.js';
import { commands } from './commands.js';
import { deliveries } from './deliveries.js';
import { evseStatuses } from './evse-statuses.js';
import { frames } from './frames.js';
import { jobs } from './jobs.js';
import { reservations } from './reservations.js';
import { securityEvents } from './security-events.js';
import { sessions } from './sessions.js';
import { stationStates } from './station-states.js';
import { transactionEvents } from './transaction-events.js';
import { transactions } from './transactions.js';
import type { TableWriter } from './writer.js';

/**
 * Writers that come and go together. A statement is prepared for every combination of sets, so there are at most
 * 2^7 of them; what is rare shares a set.
 */
const SETS: readonly (readonly TableWriter[])[] = [
  [frames],
  [transactions, transactionEvents],
  [sessions],
  [evseStatuses],
  [stationStates],
  [deliveries],
  [cdrs, commands, reservations, chargingProfiles, jobs, securityEvents, attention],
];

const texts = new Map<number, string>();

/** Memory for the first group, and the least for a later one. */
const LEAST_BYTES = 65_536;
/** Groups that follow each other are alike: room for one that is somewhat larger than the last. */
const SPARE = 1.25;
let lastBytes = 0;

/**
 * One statement that writes a whole group in one database transaction and one round trip, however many stations
 * it has; undefined when the group writes nothing. Throws a StorageError for a value that fits no column.
 */
export function groupStatement(group: readonly WriteSet[], now: EpochMs): PreparedStatement | undefined {
  let parameters: Parameters | undefined;
  let shape = 0;
  for (const [i, set] of SETS.entries()) {
    const rows = set.map((writer) => writer.rows(group, now));
    if (rows.every((encode) => encode === undefined)) continue;
    shape |= 1 << i;
    parameters ??= createParameters(Math.max(LEAST_BYTES, Math.ceil(SPARE * lastBytes)));
    for (const [k, writer] of set.entries()) (rows[k] ?? writer.none)(parameters);
  }
  if (!parameters) return undefined;
  lastBytes = parameters.length;
  let text = texts.get(shape);
  if (text === undefined) {
    text = textOf(SETS.filter((_, i) => shape & (1 << i)).flat());
    texts.set(shape, text);
  }
  return { name: `group-${shape}`, text, bytes: parameters.bytes, sizes: parameters.sizes };
}

function textOf(writers: readonly TableWriter[]): string {
  let first = 1;
  const parts = writers.map((writer) => {
    const part = `${writer.table}_written as (${writer.statement(first)})`;
    first += writer.size;
    return part;
  });
  return `with ${parts.join(',\n')}\nselect`;
}
