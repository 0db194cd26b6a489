import type { LoadStation } from '../load/messages.js';
import { FAN_OUT_BAR, START_BAR, TOLD_BAR } from '../report/bars.js';
import type { PostgresServer } from '../servers/postgres.js';
import { startReference } from '../servers/reference.js';
import { type Compared, compared } from './compared.js';
import { untilNothingPending } from './ledger.js';
import { type LoopGateway, startLoopGateway } from './loop.js';

/** Changes of a status a second, in all. */
const CHANGES_PER_SECOND = 500;
/** A connector that changes more than 20 times in ten minutes flaps (D1-031): with this fleet none does. */
export const LATENCY_STATIONS = 500;
const WARM_UP_MS = 5_000;
const LONGEST_MS = 8_000;
const WARM_UP_STARTS = 50;
const STARTS = 300;
const FAN_OUT_PARTNERS = 100;
const FAN_OUT_CHANGES = 20;
/** A change is told at once; how long it may wait for company is a choice of the operator, and not what is measured. */
const SETTINGS = { STATUS_DEBOUNCE: '0s', PUSH_LINGER: '0s' };

export interface LatencyOptions {
  postgres: PostgresServer;
  stations: LoadStation[];
  seconds: number;
  latency: boolean;
  fanOut: boolean;
  say: (line: string) => void;
}

/** The ways from charger to partner and back, beside the least that they take; and one change to many partners. */
export async function measureLatency(options: LatencyOptions): Promise<Compared[]> {
  const { postgres, stations, latency, fanOut } = options;
  await postgres.ask('create database latency');
  const loop = await startLoopGateway({
    fleet: [{ protocol: 'ocpp1.6', stations }],
    postgres: { ...postgres, url: postgres.url.replace(/postgres$/, 'latency') },
    settings: SETTINGS,
  });
  try {
    await loop.tell({ do: 'connect', url: loop.gateway.ocppUrl, stations }, 'connected');
    await untilNothingPending(loop.gateway.operator);
    const found = latency ? await bothWays(loop, options, { name: 'gateway' }) : undefined;
    const spread = fanOut ? [await oneToMany(loop)] : [];
    await loop.tell({ do: 'disconnect' }, 'disconnected');
    return [...(found ? await besideReference(loop, options, found) : []), ...spread];
  } finally {
    await loop.stop();
  }
}

interface Ways {
  startMs: number;
  toldMs: number;
}

/** p99 of both ways; without `startUrl` remote starts go over OCPI. */
async function bothWays(
  { tell }: LoopGateway,
  { seconds, say }: LatencyOptions,
  server: { name: string; startUrl?: string },
): Promise<Ways> {
  const starts = {
    do: 'starts',
    ...(server.startUrl === undefined ? {} : { url: server.startUrl }),
  } as const;
  await tell({ ...starts, from: 0, count: WARM_UP_STARTS }, 'started');
  const start = await tell({ ...starts, from: WARM_UP_STARTS, count: STARTS }, 'started');
  const changes = { do: 'changes', perSecond: CHANGES_PER_SECOND } as const;
  await tell({ ...changes, ms: WARM_UP_MS }, 'changed');
  const told = await tell({ ...changes, ms: Math.min(seconds * 1_000, LONGEST_MS) }, 'changed');
  for (const [what, found] of Object.entries({ 'frame to partner': told, 'start to charger': start })) {
    const [p50, p99] = [found.p50Ms.toFixed(1), found.p99Ms.toFixed(1)];
    say(`${server.name}  ${what}: p50 ${p50} ms, p99 ${p99} ms of ${found.count}`);
  }
  return { startMs: start.p99Ms, toldMs: told.p99Ms };
}

async function besideReference(
  loop: LoopGateway,
  options: LatencyOptions,
  gateway: Ways,
): Promise<Compared[]> {
  const reference = await startReference(options.postgres, loop.pushUrl);
  try {
    await loop.tell({ do: 'connect', url: reference.ocppUrl, stations: options.stations }, 'connected');
    const anchor = await bothWays(loop, options, {
      name: 'durable reference',
      startUrl: reference.startUrl,
    });
    await loop.tell({ do: 'disconnect' }, 'disconnected');
    const rate = `${CHANGES_PER_SECOND} changes/s`;
    return [
      compared(
        `ms, frame to partner, p99 (${rate}) / durable reference`,
        anchor.toldMs,
        gateway.toldMs,
        TOLD_BAR,
      ),
      compared(
        'ms, START_SESSION to charger, p99 / HTTP + commit + ws',
        anchor.startMs,
        gateway.startMs,
        START_BAR,
      ),
    ];
  } finally {
    await reference.stop();
  }
}

async function oneToMany(loop: LoopGateway): Promise<Compared> {
  await loop.partners(FAN_OUT_PARTNERS);
  const { firstMs, lastMs, times } = await loop.tell({ do: 'spread', changes: FAN_OUT_CHANGES }, 'spread');
  return {
    what: `ms, 1 change to ${FAN_OUT_PARTNERS} partners, last told / first told`,
    anchor: firstMs,
    gateway: lastMs,
    multiple: times,
    bar: FAN_OUT_BAR,
  };
}
