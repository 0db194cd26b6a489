import type { BenchArguments } from '../arguments.js';
import type { LoadOrder, LoadReport, LoadStation, OcppProtocol } from '../load/messages.js';
import { PROTOCOL_OF } from '../load/messages.js';
import { startChild } from '../processes/child.js';
import { cpuSeconds } from '../processes/cpu.js';
import { stationsOf } from '../servers/fleet.js';
import { findPostgres, startPostgres } from '../servers/postgres.js';
import { startRawServer } from '../servers/raw.js';
import type { Compared } from './compared.js';
import { type ConnectionCost, connectAndBoot } from './connections.js';
import { type ConsoleResult, findChromium, measureConsole } from './console.js';
import { measureExtras } from './extras.js';
import { type GatewaySubject, startGatewaySubject } from './gateway-subject.js';
import type { Ledger } from './ledger.js';
import { type LoadGenerator, type Measurement, measure } from './measure.js';
import {
  CONSOLE_STATIONS,
  EXTRAS_SERVER,
  fleetSizes,
  GROWTH_STATIONS,
  MEMORY_STATIONS,
  planCells,
  RECONNECT_STATIONS,
} from './plan.js';
import { COUNT_STATEMENTS, countedStatements, startCounting } from './statements.js';
import type { Subject, SubjectName } from './subject.js';

/** Load before the measured time, ms. */
const WARM_UP_MS = 3_000;
/** The same for a gateway in the first round: what counts is one that has been running, its code compiled. */
const FIRST_WARM_UP_MS = 20_000;

export interface BenchResults {
  measurements: Measurement[];
  ledgers: { server: SubjectName; ledger: Ledger }[];
  memory: { server: SubjectName; cost: ConnectionCost }[];
  reconnect: { server: SubjectName; cost: ConnectionCost }[];
  console: ConsoleResult[];
  compared: Compared[];
}

/** Runs everything that was asked for. `say` gets a line of progress. */
export async function runBench(args: BenchArguments, say: (line: string) => void): Promise<BenchResults> {
  const results: BenchResults = {
    measurements: [],
    ledgers: [],
    memory: [],
    reconnect: [],
    console: [],
    compared: [],
  };
  const stopping: (() => Promise<void>)[] = [];
  const fleet = new Map<OcppProtocol, LoadStation[]>();
  for (const { protocol, count } of (['raw ws', ...args.servers] as const).flatMap((server) =>
    fleetSizes(args, server),
  )) {
    if (count > (fleet.get(protocol)?.length ?? 0)) fleet.set(protocol, stationsOf(protocol, count));
  }
  const some = (protocol: OcppProtocol, count: number) => (fleet.get(protocol) ?? []).slice(0, count);
  const fleetOf = (server: SubjectName) =>
    fleetSizes(args, server).map(({ protocol, count }) => ({ protocol, stations: some(protocol, count) }));

  try {
    const load = startChild<LoadOrder, LoadReport>('load/main.js');
    stopping.push(load.stop);
    const raw = await startRawServer();
    stopping.push(raw.stop);
    const subjects: Subject[] = [{ ...raw, name: 'raw ws', cpu: () => ({ server: cpuSeconds(raw.pid) }) }];
    const gateways: GatewaySubject[] = [];

    const bin = findPostgres();
    if (args.servers.includes('PostgreSQL') && bin === undefined) {
      say(
        '!!! PostgreSQL IS NOT MEASURED: install postgresql or set TEST_PG_BIN to the folder of initdb !!!',
      );
    }
    const postgres =
      args.servers.includes('PostgreSQL') && bin !== undefined
        ? await startPostgres(bin, args.statements ? COUNT_STATEMENTS : {})
        : undefined;
    if (postgres) {
      stopping.push(postgres.stop);
      if (args.statements) await startCounting(postgres);
      gateways.push(await startGatewaySubject({ fleet: fleetOf('PostgreSQL'), postgres }));
    }
    if (args.servers.includes('PGlite')) {
      gateways.push(await startGatewaySubject({ fleet: fleetOf('PGlite') }));
    }
    subjects.push(...gateways);
    for (const gateway of gateways) stopping.push(gateway.stop);

    for (const subject of subjects.filter(({ name }) => name !== 'PGlite')) {
      const server = subject.name;
      const connect = (count: number) => connectAndBoot(load, subject, some('ocpp1.6', count));
      if (args.memory) results.memory.push({ server, cost: await connect(MEMORY_STATIONS) });
      if (args.reconnect) results.reconnect.push({ server, cost: await connect(RECONNECT_STATIONS) });
    }
    results.compared = await measureExtras(args, {
      load,
      say,
      postgresBin: bin,
      postgres,
      gateway: gateways.find(({ name }) => name === EXTRAS_SERVER),
      growing: some('ocpp1.6', GROWTH_STATIONS),
    });
    if (args.console) results.console.push(...(await consoleOf(load, gateways, some, say)));
    for (let round = 1; round <= args.rounds; round += 1) {
      for (const { mix, stations: count, servers } of planCells(args)) {
        const stations = some(PROTOCOL_OF[mix], count);
        const measureMs = args.seconds * 1_000;
        for (const subject of subjects) {
          if (subject.name !== 'raw ws' && !servers.includes(subject.name)) continue;
          const warmUpMs = round === 1 && subject.name !== 'raw ws' ? FIRST_WARM_UP_MS : WARM_UP_MS;
          if (args.statements && subject.name === 'PostgreSQL' && postgres) await countedStatements(postgres);
          const found = await measure({ load, subject, mix, stations, warmUpMs, measureMs });
          results.measurements.push(found);
          say(progress(round, found));
          if (args.statements && subject.name === 'PostgreSQL' && postgres)
            say(await countedStatements(postgres));
        }
      }
    }
    for (const gateway of gateways) {
      results.ledgers.push({ server: gateway.name, ledger: await gateway.ledger() });
    }
    return results;
  } finally {
    // Gateways before their database.
    for (const stop of stopping.reverse()) await stop();
  }
}

async function consoleOf(
  load: LoadGenerator,
  gateways: readonly GatewaySubject[],
  some: (protocol: OcppProtocol, count: number) => LoadStation[],
  say: (line: string) => void,
): Promise<ConsoleResult[]> {
  const gateway = gateways.find(({ name }) => name === EXTRAS_SERVER);
  const chromiumPath = findChromium();
  if (gateway === undefined || chromiumPath === undefined) {
    say(`!!! THE CONSOLE IS NOT MEASURED: it needs ${EXTRAS_SERVER} and Chromium !!!`);
    return [];
  }
  const { ocppUrl, operator } = gateway;
  return [
    await measureConsole({
      load,
      ocppUrl,
      operator,
      stations: some('ocpp1.6', CONSOLE_STATIONS),
      chromiumPath,
    }),
  ];
}

function progress(round: number, { subject, mix, stations, ...found }: Measurement): string {
  const rate = Math.round(found.messagesPerSecond).toLocaleString('en');
  return `round ${round}  ${subject.padEnd(10)}  ${mix.padEnd(9)}  ${stations} stations  ${rate} messages/s`;
}
