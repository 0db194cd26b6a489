import type { PostgresServer } from '../servers/postgres.js';

/** Settings with which PostgreSQL counts statements. */
export const COUNT_STATEMENTS = { shared_preload_libraries: 'pg_stat_statements' };

const MOST = 15;
const TEXT_CHARS = 120;

export async function startCounting(postgres: PostgresServer): Promise<void> {
  await postgres.ask('create extension pg_stat_statements');
}

/**
 * The statements that were run most often since the last call: calls, ms of each, rows, and the beginning of the text
 * or, for those that write, the tables in order.
 */
export async function countedStatements(postgres: PostgresServer): Promise<string> {
  const lines = await postgres.ask(
    `select lpad(calls::text, 8) || lpad(round(mean_exec_time::numeric, 3)::text, 9) || ' ms'
       || lpad(round(rows::numeric / calls, 1)::text, 7) || ' rows  ' || coalesce(
       (select 'writes ' || string_agg(found[1], ' ')
        from regexp_matches(query, '(?:insert into|update|delete from) (\\w+) (?!set)', 'g') as found),
       left(regexp_replace(query, '\\s+', ' ', 'g'), ${TEXT_CHARS}))
     from pg_stat_statements order by calls desc limit ${MOST}`,
  );
  await postgres.ask('select pg_stat_statements_reset()');
  return lines;
}
