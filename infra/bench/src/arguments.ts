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
  --mixes a,b        heartbeat, status, tx16, tx201 (all)
  --servers a,b      postgresql, pglite; raw ws always runs (both)
  --memory           also the idle memory of a connected station
  --reconnect        also the time in which 5,000 stations connect and boot
  --console          also how the console answers while 10,000 stations change (needs Chromium)
  --statements       also the statements that PostgreSQL ran (pg_stat_statements)
  --json path        where the results go as JSON (a temporary file)
  --strict           end with exit code 1 when a first bar is missed`;

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
      console: { type: 'boolean', default: false },
      statements: { type: 'boolean', default: false },
      json: { type: 'string' },
      strict: { type: 'boolean', default: false },
    },
  });
  const mixes = values.mixes.split(',').map((name) => {
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
