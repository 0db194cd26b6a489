import type {
  Command,
  EvseBinding,
  Reservation,
  SessionProfile,
  SessionRecord,
  Station,
  StationSnapshot,
  StationState,
  TransactionRecord,
} from '@roambridge/core';
import type { EvseStatus } from '@roambridge/domain';
import { sql } from 'kysely';
import { fromDocument } from '../encoding/document.js';
import type { StoreContext } from './context.js';
import { composeLocations } from './location-rows.js';
import { type SessionRow, sessionColumns, toSession } from './sessions.js';
import { toEvent } from './transactions.js';

type OpenTransaction = StationSnapshot['openTransactions'][number];

/** Transactions of a station among which its newest start is looked for. */
const STARTS_LOOKED_AT = 50;

/** A station that never connected. */
const NO_STATE: StationState = { connectors: [], remoteStartId: 0 };

/** Snapshots in the order of `ids`, with the same few queries for any number of stations. */
export async function readSnapshots(
  { tables, now }: Pick<StoreContext, 'tables' | 'now'>,
  ids: readonly string[],
): Promise<StationSnapshot[]> {
  const wanted = sql<string[]>`${[...ids]}::text[]`;
  // One snapshot of the database: a session must not be missing because it began between two queries.
  return tables
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tables) => {
      const stations = await tables
        .selectFrom('stations')
        .leftJoin('station_states', 'station_states.station_id', 'stations.id')
        .select(['stations.id', 'stations.document', 'station_states.document as state'])
        .where('id', '=', sql<string>`any(${wanted})`)
        .execute();
      const bound = await tables
        .selectFrom('evses')
        .select(['location_seq', 'uid', 'station_id', 'evse_id', 'status', 'last_updated'])
        .where('station_id', '=', sql<string>`any(${wanted})`)
        .where('status', '<>', 'REMOVED')
        .orderBy('evse_id')
        .execute();
      const locations = await composeLocations(tables, [...new Set(bound.map((evse) => evse.location_seq))]);
      const open = await tables
        .selectFrom('transactions')
        .select(['id', 'station_id', 'document'])
        .where('open', '=', true)
        .where('station_id', '=', sql<string>`any(${wanted})`)
        .orderBy('seq')
        .execute();
      const starts = await sql<{ station_id: string; newest: number | null }>`
        select wanted.station_id, (
          select max(started_at) from (
            select started_at from transactions where transactions.station_id = wanted.station_id
            order by seq desc limit ${STARTS_LOOKED_AT}) as latest) as newest
        from unnest(${wanted}) as wanted (station_id)`.execute(tables);
      const newestStart = new Map(starts.rows.map((row) => [row.station_id, row.newest ?? 0]));
      const transactionIds = sql<string[]>`${open.map((row) => row.id)}::text[]`;
      const events = await tables
        .selectFrom('transaction_events')
        .selectAll()
        .where('transaction_id', '=', sql<string>`any(${transactionIds})`)
        .orderBy('transaction_id')
        .orderBy('ordinal')
        .execute();
      const sessions: SessionRow[] = await tables
        .selectFrom('sessions')
        .select(sessionColumns)
        .where('transaction_id', '=', sql<string>`any(${transactionIds})`)
        .execute();
      const profiles = await tables
        .selectFrom('charging_profiles')
        .select(['transaction_id', 'document'])
        .where('transaction_id', '=', sql<string>`any(${transactionIds})`)
        .execute();
      const commands = await tables
        .selectFrom('commands')
        .select(['station_id', 'document'])
        .where('station_id', '=', sql<string>`any(${wanted})`)
        .where((eb) => eb.or([eb('window_ends_at', '>', now()), eb('state', '<>', 'settled')]))
        .orderBy('created_at')
        .execute();

      const reservations = await tables
        .selectFrom('reservations')
        .select(['station_id', 'document'])
        .where('station_id', '=', sql<string>`any(${wanted})`)
        .where('status', '=', 'active')
        .orderBy('seq')
        .execute();

      const eventsOf = groupBy(events, (row) => row.transaction_id);
      const sessionOf = new Map<string, SessionRecord>(
        sessions.map((row) => [row.transaction_id, toSession(row)]),
      );
      const profileOf = new Map(
        profiles.map((row) => [row.transaction_id, fromDocument<SessionProfile>(row.document)]),
      );
      const openOf = groupBy(open, (row) => row.station_id);
      const boundTo = groupBy(bound, (row) => row.station_id ?? '');
      const commandsOf = groupBy(commands, (row) => row.station_id);
      const reservationsOf = groupBy(reservations, (row) => row.station_id);

      const found = new Map(
        stations.map((row): [string, StationSnapshot] => [
          row.id,
          {
            station: fromDocument<Station>(row.document),
            state: row.state === null ? { ...NO_STATE } : fromDocument<StationState>(row.state),
            bindings: (boundTo.get(row.id) ?? []).flatMap((evse): EvseBinding[] => {
              const location = locations.get(evse.location_seq);
              if (!location || evse.evse_id === null) return [];
              return [
                {
                  evseId: evse.evse_id,
                  location,
                  evseUid: evse.uid,
                  status: evse.status as EvseStatus,
                  lastUpdated: evse.last_updated,
                },
              ];
            }),
            newestStartAt: newestStart.get(row.id) ?? 0,
            openTransactions: (openOf.get(row.id) ?? []).map((transaction): OpenTransaction => {
              const session = sessionOf.get(transaction.id);
              const profile = profileOf.get(transaction.id);
              return {
                transaction: fromDocument<TransactionRecord>(transaction.document),
                events: (eventsOf.get(transaction.id) ?? []).map(toEvent),
                ...(session ? { session } : {}),
                ...(profile ? { profile } : {}),
              };
            }),
            commands: (commandsOf.get(row.id) ?? []).map((command) =>
              fromDocument<Command>(command.document),
            ),
            reservations: (reservationsOf.get(row.id) ?? []).map((reservation) =>
              fromDocument<Reservation>(reservation.document),
            ),
          },
        ]),
      );
      return ids.flatMap((id) => found.get(id) ?? []);
    });
}

function groupBy<Row>(rows: readonly Row[], key: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}
