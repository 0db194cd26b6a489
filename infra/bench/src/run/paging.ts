import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PAGING_BAR } from '../report/bars.js';
import { stationsOf } from '../servers/fleet.js';
import { startPostgres } from '../servers/postgres.js';
import { type Compared, compared } from './compared.js';
import { untilNothingPending } from './ledger.js';
import { type LoopGateway, startLoopGateway } from './loop.js';
import type { LoadGenerator } from './measure.js';

const PAGE = 50;
/** Each page is read this often. */
const TIMES = 60;
const WARM_UP_TIMES = 10;
/** The embedded database, meant for small sites, has fewer. */
const PGLITE_SHARE = 0.1;
const SESSION_MS = 200;
const PATIENCE_MS = 60_000;

/** First, middle and last page of a partner's CDRs over HTTP, on a gateway and a database of their own. */
export async function measurePaging(options: {
  load: LoadGenerator;
  server: 'PostgreSQL' | 'PGlite';
  /** Folder of PostgreSQL's programs. */
  postgresBin?: string;
  cdrs: number;
  say: (line: string) => void;
}): Promise<Compared[]> {
  const { load, server, postgresBin, say } = options;
  const count = server === 'PGlite' ? Math.ceil(options.cdrs * PGLITE_SHARE) : options.cdrs;
  const postgres =
    server === 'PostgreSQL' && postgresBin !== undefined ? await startPostgres(postgresBin) : undefined;
  let loop: LoopGateway | undefined;
  try {
    const stations = stationsOf('ocpp1.6', 1);
    loop = await startLoopGateway({
      fleet: [{ protocol: 'ocpp1.6', stations }],
      ...(postgres ? { postgres } : {}),
    });
    const { gateway, tell } = loop;
    load.tell({ do: 'connect', url: gateway.ocppUrl, protocol: 'ocpp1.6', stations, boot: true });
    await load.next('connected', PATIENCE_MS);
    load.tell({ do: 'run', mix: 'tx16', warmUpMs: 0, measureMs: SESSION_MS });
    for (const report of ['measuring', 'measured', 'rested'] as const) await load.next(report, PATIENCE_MS);
    load.tell({ do: 'disconnect' });
    await load.next('disconnected', PATIENCE_MS);
    await untilNothingPending(gateway.operator);

    if (postgres) {
      await postgres.ask(copiesOfOneCdr(count));
      // What the database does by itself within minutes.
      await postgres.ask('vacuum analyze cdrs');
    } else {
      await gateway.whileDown(async (dataDir) => {
        const pglite = await PGlite.create(join(dataDir, 'pglite'));
        await pglite.exec(copiesOfOneCdr(count));
        await pglite.close();
      });
    }
    const read = (offsets: number[], times: number) =>
      tell({ do: 'read', offsets, limit: PAGE, times }, 'read');
    const cold = await read([0], 1);
    say(`${server}: the first page of ${cold.total} new CDRs takes ${Math.round(cold.ms[0] ?? 0)} ms once`);
    const offsets = [0, Math.trunc(cold.total / 2), cold.total - PAGE];
    await read(offsets, WARM_UP_TIMES);
    const { ms } = await read(offsets, TIMES);
    const [first = Number.NaN, middle = Number.NaN, last = Number.NaN] = ms;
    const of = `page of ${cold.total.toLocaleString('en')} CDRs / first page, ${server}`;
    return [
      compared(`ms, last ${of}`, first, last, PAGING_BAR),
      compared(`ms, middle ${of}`, first, middle, PAGING_BAR),
    ];
  } finally {
    await loop?.stop();
    await postgres?.stop();
  }
}

/** A CDR that the gateway made, again and again under other ids, released a ms apart until an hour before it. */
function copiesOfOneCdr(count: number): string {
  return `insert into cdrs
      (id, partner_id, station_id, transaction_id, session_id, release_at, document)
    select left(made.id, 28) || '-' || n, partner_id, station_id, transaction_id, session_id,
      release_at - 3600000 - ${count} + n, replace(document, made.id, left(made.id, 28) || '-' || n)
    from (select * from cdrs where hold is null order by seq limit 1) as made, generate_series(1, ${count}) as n`;
}
