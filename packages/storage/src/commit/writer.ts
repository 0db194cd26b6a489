import type { WriteSet } from '@roambridge/core';
import type { EpochMs } from '@roambridge/domain';
import type { Encode } from '../encoding/parameters.js';
import { type Column, defineRows } from '../encoding/row-source.js';

/** What one group of write sets does to one table. */
export interface TableWriter {
  table: string;
  /** Number of parameters. */
  size: number;
  /**
   * Appends the group's rows, one binary array a column; undefined when it has none. Rows of one key are merged as if
   * they had been written one after another: a statement changes a row only once.
   */
  rows(group: readonly WriteSet[], now: EpochMs): Encode | undefined;
  /** No rows. */
  none: Encode;
  /** The statement, with its parameters counted from `first`. */
  statement(first: number): string;
}

/**
 * `statement` gets the rows as a table expression `new`, whose columns have the names in `columns`, and a way to
 * name the array of one column.
 */
export function defineWriter<Row>(definition: {
  table: string;
  columns: Record<string, Column<Row>>;
  rows(group: readonly WriteSet[], now: EpochMs): readonly Row[];
  statement(rows: string, parameter: (column: string) => string): string;
}): TableWriter {
  const { table, columns, rows, statement } = definition;
  const source = defineRows(table, columns);
  return {
    table,
    size: source.size,
    none: (parameters) => source.write(parameters, []),
    rows(group, now) {
      const merged = rows(group, now);
      return merged.length === 0 ? undefined : (parameters) => source.write(parameters, merged);
    },
    statement: (first) => statement(source.from(first), (column) => source.parameter(first, column)),
  };
}

/** All rows of one member of the write sets, in order. */
export function collect<Row>(
  group: readonly WriteSet[],
  member: (writes: WriteSet) => readonly Row[] | undefined,
): Row[] {
  const rows: Row[] = [];
  for (const writes of group) {
    const own = member(writes);
    if (own) for (const row of own) rows.push(row);
  }
  return rows;
}

/** The last row of each key, at the place of the first: later writes replace earlier ones. */
export function lastOfEach<Row>(rows: readonly Row[], key: (row: Row) => string): readonly Row[] {
  if (rows.length < 2) return rows;
  const last = new Map<string, Row>();
  for (const row of rows) last.set(key(row), row);
  return last.size === rows.length ? rows : [...last.values()];
}
