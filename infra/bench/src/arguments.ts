import { parseArgs } from 'node:util';
import type { Mix } from './load/messages.js';
import type { SubjectName } from './run/subject.js';

/** What `npm run bench -- …` was asked for. */
export interface BenchArguments {
  /** Measured time of one mix on one server. */
  seconds: number;
  rounds: number;
  /** The first is for every mix, the others for the tx mixes alone. */
  stations: number[];
  mixes: Mix[];
  servers: SubjectName[];
  /** Also the idle memory of connected stations. */
  memory: boolean;
  /** Also the time in which a fleet connects and boots. */
  reconnect: boolean;
  /** Also how long a frame takes to the partner, and a remote start to the charger. */
  latency: boolean;
  /** Also one change to 100 partners. */
  fanOut: boolean;
  /** Also what a message costs with 5,000 stations. */
  growth: boolean;
  /** Also pages of a list of {@link cdrs}. */
  paging: boolean;
  /** CDRs in the list that is paged; the embedded database has a tenth. */
  cdrs: number;
  /** Also how the page of the stations answers keys while a large fleet changes. */
  console: boolean;
  /** Also every statement that PostgreSQL ran, by calls. Costs time: not for comparisons. */
  statements: boolean;
  json?: string;
  /** A bar that is missed ends with exit code 1. */
  strict: boolean;
}

export const USAGE = `npm run bench -- [options]
  --seconds N        measured time of each mix on each server (3)
  --rounds N         rounds; the median counts (2)
  --stations N,N     stations; the tx mixes run with each number, the others with the first (100,500)
  --mixes a,b        heartbeat, status, tx16, tx201 (all), or none
  --servers a,b      postgresql, pglite; raw ws always runs (both)
  --memory           also the idle memory of a connected station
  --reconnect        also the time in which 5,000 stations connect and boot
  --latency          also frame to partner and START_SESSION to charger, beside a durable reference
  --fan-out          also 1 change to 100 partners
  --growth           also the CPU of a message with 5,000 stations, beside 100
  --paging           also the last page of a partner's CDRs, beside the first
  --cdrs N           CDRs of that list on PostgreSQL; a tenth on PGlite (1000000)
  --console          also how the console answers while 10,000 stations change (needs Chromium)
  --statements       also the statements that PostgreSQL ran (pg_stat_statements)
  --json path        where the results go as JSON (a temporary file)
  --strict           end with exit code 1 when a first bar is missed`;

/** A list with a first, a middle and a last page. */
const LEAST_CDRS = 10_000;
const MIXES: readonly Mix[] = ['heartbeat', 'status', 'tx16', 'tx201'];
const SERVERS: Record<string, SubjectName> = { postgresql: 'PostgreSQL', pglite: 'PGlite' };

/** @throws Error naming the option that cannot be used. */
export function readArguments(args: string[]): BenchArguments {
  const { values } = parseArgs({
    args,
    options: {
      seconds: { type: 'string', default: '3' },
      rounds: { type: 'string', default: '2' },
      stations: { type: 'string', default: '100,500' },
      mixes: { type: 'string', default: MIXES.join(',') },
      servers: { type: 'string', default: Object.keys(SERVERS).join(',') },
      memory: { type: 'boolean', default: false },
      reconnect: { type: 'boolean', default: false },
      latency: { type: 'boolean', default: false },
      'fan-out': { type: 'boolean', default: false },
      growth: { type: 'boolean', default: false },
      paging: { type: 'boolean', default: false },
      cdrs: { type: 'string', default: '1000000' },
      console: { type: 'boolean', default: false },
      statements: { type: 'boolean', default: false },
      json: { type: 'string' },
      strict: { type: 'boolean', default: false },
    },
  });
  const mixes = values.mixes
    .split(',')
    .flatMap((name) => (name === 'none' ? [] : [name]))
    .map((name) => {
      const mix = MIXES.find((candidate) => candidate === name);
      if (!mix) throw new Error(`--mixes: "${name}" is none of ${MIXES.join(', ')}`);
      return mix;
    });
  const servers = values.servers.split(',').map((name) => {
    const server = SERVERS[name];
    if (!server) throw new Error(`--servers: "${name}" is none of ${Object.keys(SERVERS).join(', ')}`);
    return server;
  });
  return {
    seconds: positive('--seconds', values.seconds),
    rounds: whole('--rounds', values.rounds, 1),
    stations: values.stations.split(',').map((text) => whole('--stations', text, 1)),
    mixes,
    servers,
    memory: values.memory,
    reconnect: values.reconnect,
    latency: values.latency,
    fanOut: values['fan-out'],
    growth: values.growth,
    paging: values.paging,
    cdrs: whole('--cdrs', values.cdrs, LEAST_CDRS),
    console: values.console,
    statements: values.statements,
    strict: values.strict,
    ...(values.json === undefined ? {} : { json: values.json }),
  };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`${name}: "${text}" is no number above 0`);
  return value;
}

function whole(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least) {
    throw new Error(`${name}: "${text}" is no whole number from ${least}`);
  }
  return value;
}
