import {
  CompiledQuery,
  type Kysely,
  type KyselyPlugin,
  type QueryId,
  type RootOperationNode,
  sql,
} from 'kysely';
import type { Tables } from '../../src/database/tables.js';
import type { Database } from '../../src/index.js';

/** What a query reads, as the database tells it. */
export interface RowsRead {
  rows: number;
  /** Nodes that read a table from its beginning. */
  wholeTables: string[];
}

/** A database that remembers what it was asked, to be asked again with EXPLAIN ANALYZE. */
export interface WatchedDatabase {
  database: Database;
  /** Runs the task and tells what all its queries together read. */
  rowsReadBy(task: () => Promise<unknown>): Promise<RowsRead>;
}

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: PlanNode[];
}

/** `small`: the tables are as small as those of tests, which are read whole where an index would do. */
export function watch(database: Database, { small }: { small: boolean }): WatchedDatabase {
  const { tables } = database;
  let asked: RootOperationNode[] = [];
  const built = new WeakMap<QueryId, RootOperationNode>();
  const remember: KyselyPlugin = {
    transformQuery({ node, queryId }) {
      built.set(queryId, node);
      return node;
    },
    // Parts of queries are built too; what has a result was asked.
    async transformResult({ result, queryId }) {
      const node = built.get(queryId);
      if (node) asked.push(node);
      return result;
    },
  };
  return {
    database: { ...database, tables: tables.withPlugin(remember) },
    async rowsReadBy(task) {
      asked = [];
      await task();
      const read: RowsRead = { rows: 0, wholeTables: [] };
      for (const node of [...asked]) add(read, await planOf(tables, node, small));
      return read;
    },
  };
}

async function planOf(tables: Kysely<Tables>, node: RootOperationNode, small: boolean): Promise<PlanNode> {
  const { sql: text, parameters } = tables.getExecutor().compileQuery(node, { queryId: 'explain' });
  const explained = CompiledQuery.raw(`explain (analyze, format json) ${text}`, [...parameters]);
  return tables.transaction().execute(async (tables) => {
    if (small) await sql`set local enable_seqscan = off`.execute(tables);
    const { rows } = await tables.executeQuery<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(explained);
    return rows[0]!['QUERY PLAN'][0]!.Plan;
  });
}

function add(read: RowsRead, node: PlanNode): void {
  const table = node['Relation Name'];
  // What a bitmap finds counts once, at its index.
  const found = node['Node Type'] === 'Bitmap Heap Scan' ? 0 : node['Actual Rows'];
  if (table !== undefined || node['Node Type'] === 'Bitmap Index Scan') {
    read.rows += (found + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'];
  }
  if (node['Node Type'] === 'Seq Scan' && table !== undefined) read.wholeTables.push(table);
  for (const part of node.Plans ?? []) add(read, part);
}
