import { type ColumnType, type ColumnValue, writeArray } from './binary-array.js';
import { encoded, type Parameters, valuesOf } from './parameters.js';

/** One column: its type and where its value comes from. */
export type Column<Row> = readonly [type: ColumnType, value: (row: Row) => ColumnValue];

/** Any number of rows as the parameters of one statement. */
export interface RowSource<Row> {
  /** Number of parameters. */
  size: number;
  /** Appends one binary array a column. Throws `VALUE_INVALID`, naming table and column, for what does not fit. */
  write(parameters: Parameters, rows: readonly Row[]): void;
  /** The same for a statement that has no other parameters. */
  values(rows: readonly Row[]): Buffer[];
  /** The rows as a table expression `new`; its parameters are counted from `first`. */
  from(first: number): string;
  /** The array of one column. */
  parameter(first: number, column: string): string;
}

/** `columns` give the names in the table expression; `table` is for error messages. */
export function defineRows<Row>(table: string, definition: Record<string, Column<Row>>): RowSource<Row> {
  const columns = Object.entries(definition);
  const names = columns.map(([name]) => name);
  const fields = names.map((name) => `${table}.${name}`);
  const parameters = (first: number) =>
    columns.map(([, [type]], i) => `$${first + i}::${type === 'document' ? 'text' : type}[]`);

  function write(parameters: Parameters, rows: readonly Row[]): void {
    for (const [i, [, [type, value]]] of columns.entries()) {
      writeArray(parameters, type, rows, value, fields[i] ?? table);
    }
  }

  return {
    size: columns.length,
    write,
    values: (rows) => valuesOf(encoded((parameters) => write(parameters, rows))),
    from: (first) => `unnest(${parameters(first).join(', ')}) as new (${names.join(', ')})`,
    parameter: (first, column) => parameters(first)[names.indexOf(column)] ?? column,
  };
}
