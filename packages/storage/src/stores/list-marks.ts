import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Tables } from '../database/tables.js';

/** Rows from one mark to the next: what a page far into a list reads at most before its own rows. */
const MARK_EVERY = 250;
/** Rows behind the last mark from which on new marks are worth a write. */
const UNMARKED = 2 * MARK_EVERY;

/** Where a row stands in the order of its list: its `seq`, for some lists behind a time. */
export type Position = readonly number[];

/** A list whose rows only come at its end, or that tells when they do not ({@link forgetMarks}). */
export interface MarkedList {
  name: string;
  /** The table and the condition of the list: `cdrs where partner_id = …`. */
  rows: RawBuilder<unknown>;
  /** Columns of the order. An index has to have them after those of the condition. */
  order: readonly [string] | readonly [string, string];
  /** Rows from here on may still be followed by rows before them, and get no mark. */
  settledBefore?: Position;
}

interface Mark {
  /** Rows of the list before the row at `key`. */
  position: number;
  key: Position;
}

export interface LookedUp {
  /** Rows before `end`, or in all. */
  total: number;
  /** Rows that were counted for it, behind the nearest mark. */
  unmarked: number;
  /** The row that `offset` rows are before; absent when the list is shorter. */
  row?: Position;
}

/**
 * Every some hundred rows of a list its position is written down beside its key. So the rows before a key, the rows in
 * all, and the row at an offset are found from the nearest mark, whatever the length of the list. Marks are made by
 * those who read; writing a CDR costs nothing more. Two statements, however much is asked.
 */
export async function lookUp(
  tables: Kysely<Tables>,
  list: MarkedList,
  { end, offset }: { end?: Position | undefined; offset?: number | undefined },
): Promise<LookedUp> {
  const before = sql`(${markBefore(list, end)})`;
  const marks = await (offset === undefined
    ? sql<MarkRow>`${before}`
    : sql<MarkRow>`${before} union all (${markAt(list, offset)})`
  ).execute(tables);
  const mark = (of: MarkRow['of']) => {
    const row = marks.rows.find((row) => row.of === of);
    return row && toMark(list, row);
  };
  const [counted, skipped] = [mark('end'), mark('offset')];
  const count = sql`select count(*) as unmarked from ${list.rows} ${from(list, counted?.key)} ${upTo(list, end)}`;
  const { rows } = await sql<{ unmarked: number } & Record<string, number | null>>`
    select * from (${count}) as counted ${
      offset === undefined
        ? sql``
        : sql`left join (select ${columns(list)} from ${list.rows} ${from(list, skipped?.key)}
            order by ${columns(list)} limit 1 offset ${offset - (skipped?.position ?? 0)}) as found on true`
    }`.execute(tables);
  const [found] = rows;
  const unmarked = found?.unmarked ?? 0;
  const row = list.order.flatMap((column) => found?.[column] ?? []);
  return {
    total: (counted?.position ?? 0) + unmarked,
    unmarked,
    ...(row.length === list.order.length ? { row } : {}),
  };
}

/** Writes the marks that are missing behind the last one, where {@link lookUp} counted so many rows behind it. */
export async function extendMarks(tables: Kysely<Tables>, list: MarkedList, unmarked: number): Promise<void> {
  if (unmarked < UNMARKED) return;
  await tables.transaction().execute(async (tables) => {
    await lockMarks(tables, list.name);
    const found = await sql<MarkRow>`${markBefore(list, undefined)}`.execute(tables);
    const last = found.rows[0] && toMark(list, found.rows[0]);
    const at = list.order.length === 2 ? first(list) : sql`0::int8`;
    await sql`insert into list_marks (list, position, at, seq)
      select ${list.name}, ${last?.position ?? 0}::int8 + place, at, seq
      from (select ${at} as at, seq, row_number() over (order by ${columns(list)}) - 1 as place
        from ${list.rows} ${from(list, last?.key)} ${upTo(list, list.settledBefore)}) as unmarked
      where place > 0 and place % ${MARK_EVERY} = 0
      on conflict do nothing`.execute(tables);
  });
}

/** Makes whoever writes marks of these lists wait until the transaction ends, and waits for those who do. */
export async function lockMarks(tables: Kysely<Tables>, ...lists: readonly string[]): Promise<void> {
  for (const list of lists) {
    await sql`select pg_advisory_xact_lock(hashtext('list_marks'), hashtext(${list}))`.execute(tables);
  }
}

/** A row in the middle of the lists came or went: what was counted behind it is not true any more. After {@link lockMarks}. */
export async function forgetMarks(
  tables: Kysely<Tables>,
  seq: number,
  ...lists: readonly string[]
): Promise<void> {
  await tables.deleteFrom('list_marks').where('list', 'in', lists).where('seq', '>', seq).execute();
}

interface MarkRow {
  of: 'end' | 'offset';
  position: number;
  at: number;
  seq: number;
}

function markBefore(list: MarkedList, end: Position | undefined): RawBuilder<MarkRow> {
  const [at, seq] = end && end.length === 1 ? [0, ...end] : (end ?? []);
  return sql<MarkRow>`select 'end' as of, position, at, seq from list_marks where list = ${list.name}
    ${end ? sql`and (at, seq) <= (${at}::int8, ${seq}::int8)` : sql``}
    order by at desc, seq desc limit 1`;
}

function markAt(list: MarkedList, offset: number): RawBuilder<MarkRow> {
  return sql<MarkRow>`select 'offset' as of, position, at, seq from list_marks
    where list = ${list.name} and position <= ${offset} order by position desc limit 1`;
}

function toMark(list: MarkedList, { position, at, seq }: MarkRow): Mark {
  return { position, key: list.order.length === 2 ? [at, seq] : [seq] };
}

function columns(list: MarkedList): RawBuilder<unknown> {
  return sql.join(list.order.map((column) => sql.ref(column)));
}

/** The first column is compared by itself too: from rows of two columns the planner learns little of how many match. */
function from(list: MarkedList, position: Position | undefined): RawBuilder<unknown> {
  if (position === undefined) return sql``;
  return sql`and (${columns(list)}) >= ${value(position)} and ${first(list)} >= ${position[0]}::int8`;
}

function upTo(list: MarkedList, position: Position | undefined): RawBuilder<unknown> {
  if (position === undefined) return sql``;
  return sql`and (${columns(list)}) < ${value(position)} and ${first(list)} <= ${position[0]}::int8`;
}

function first(list: MarkedList): RawBuilder<unknown> {
  return sql.ref(list.order[0]);
}

function value(position: Position): RawBuilder<unknown> {
  return sql`(${sql.join(position.map((part) => sql`${part}::int8`))})`;
}
