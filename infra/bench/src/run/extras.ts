import type { BenchArguments } from '../arguments.js';
import type { LoadStation } from '../load/messages.js';
import { stationsOf } from '../servers/fleet.js';
import type { PostgresServer } from '../servers/postgres.js';
import type { Compared } from './compared.js';
import { measureGrowth } from './growth.js';
import { LATENCY_STATIONS, measureLatency } from './latency.js';
import type { LoadGenerator } from './measure.js';
import { measurePaging } from './paging.js';
import type { Subject } from './subject.js';

/** What is measured only when it is asked for, and is a multiple of something that is measured beside it. */
export async function measureExtras(
  args: BenchArguments,
  parts: {
    load: LoadGenerator;
    say: (line: string) => void;
    /** Folder of PostgreSQL's programs. */
    postgresBin: string | undefined;
    postgres: PostgresServer | undefined;
    /** The gateway on PostgreSQL, and its largest fleet. */
    gateway: Subject | undefined;
    growing: LoadStation[];
  },
): Promise<Compared[]> {
  const { latency, fanOut, growth, paging, seconds, cdrs } = args;
  const { load, say, postgresBin, postgres, gateway, growing } = parts;
  const found: Compared[] = [];
  if ((latency || fanOut || growth) && !(postgres && gateway)) {
    say('!!! --latency, --fan-out AND --growth NEED PostgreSQL AND ARE NOT MEASURED !!!');
  }
  if (postgres && (latency || fanOut)) {
    const stations = stationsOf('ocpp1.6', LATENCY_STATIONS);
    found.push(...(await measureLatency({ postgres, stations, seconds, latency, fanOut, say })));
  }
  if (gateway && growth) {
    const measureMs = seconds * 1_000;
    found.push(...(await measureGrowth({ load, subject: gateway, stations: growing, measureMs, say })));
  }
  for (const server of paging ? args.servers : []) {
    if (server === 'raw ws' || (server === 'PostgreSQL' && postgresBin === undefined)) continue;
    const bin = postgresBin === undefined ? {} : { postgresBin };
    found.push(...(await measurePaging({ load, server, cdrs, say, ...bin })));
  }
  return found;
}
