import { setTimeout as delay } from 'node:timers/promises';
import { serveOrders } from '../processes/orders.js';
import { createLatencies } from './latencies.js';
import type { LoadOrder, LoadReport } from './messages.js';
import { connectStation, type Station } from './station.js';

/** Handshakes under way at a time. */
const CONNECTING_AT_A_TIME = 100;

/** Part of the warm-up within which the stations begin. */
const START_SPREAD = 0.6;

/** Between two looks at how many messages are due. */
const PACE_TICK_MS = 5;

const latencies = createLatencies();
let stations: Station[] = [];

async function connect(order: Extract<LoadOrder, { do: 'connect' }>): Promise<LoadReport> {
  const { url, protocol, boot } = order;
  const queue = [...order.stations];
  const begun = performance.now();
  const worker = async () => {
    for (let station = queue.shift(); station; station = queue.shift()) {
      const connected = await connectStation({ url, protocol, station, fail });
      stations.push(connected);
      if (boot) await connected.boot();
    }
  };
  await Promise.all(Array.from({ length: CONNECTING_AT_A_TIME }, worker));
  return { is: 'connected', ms: performance.now() - begun };
}

async function run({ mix, warmUpMs, measureMs }: Extract<LoadOrder, { do: 'run' }>): Promise<LoadReport> {
  await Promise.all(
    stations.map(async (station) => {
      // A fleet does not keep step: while one car comes, others charge or leave.
      await delay(Math.random() * warmUpMs * START_SPREAD);
      station.run(mix, latencies);
    }),
  );
  await delay(warmUpMs * (1 - START_SPREAD));
  latencies.clear();
  const begun = performance.now();
  report({ is: 'measuring' });
  await delay(measureMs);
  const seconds = (performance.now() - begun) / 1_000;
  report({
    is: 'measured',
    messages: latencies.count(),
    seconds,
    p50Ms: latencies.quantileMs(0.5),
    p99Ms: latencies.quantileMs(0.99),
  });
  const rested = await Promise.all(stations.map((station) => station.rest()));
  return {
    is: 'rested',
    sessions: rested.reduce((sum, { sessions }) => sum + sessions, 0),
    messages: rested.reduce((sum, { messages }) => sum + messages, 0),
  };
}

async function pace({ mix, perSecond, ms }: Extract<LoadOrder, { do: 'pace' }>): Promise<LoadReport> {
  const begun = performance.now();
  const free = [...stations];
  const total = { messages: 0, sessions: 0 };
  const resting = new Set<Promise<void>>();
  let started = 0;

  async function once(station: Station): Promise<void> {
    station.run(mix, latencies);
    // It stops after the message or session that is under way.
    const { messages, sessions } = await station.rest();
    total.messages += messages;
    total.sessions += sessions;
    free.push(station);
  }

  while (performance.now() - begun < ms) {
    for (const due = ((performance.now() - begun) / 1_000) * perSecond; started < due; started += 1) {
      const station = free.shift();
      // All have something under way: what is due waits, and whoever ordered it sees that there was less.
      if (!station) break;
      const task = once(station).finally(() => resting.delete(task));
      resting.add(task);
    }
    await delay(PACE_TICK_MS);
  }
  await Promise.all(resting);
  return { is: 'paced', ...total };
}

async function disconnect(): Promise<LoadReport> {
  const closing = stations;
  stations = [];
  await Promise.all(closing.map((station) => station.close()));
  return { is: 'disconnected' };
}

function fail(reason: string): void {
  report({ is: 'failed', reason });
}

const report = serveOrders<LoadOrder, LoadReport>(
  (order) => {
    switch (order.do) {
      case 'connect':
        return connect(order);
      case 'run':
        return run(order);
      case 'pace':
        return pace(order);
      case 'disconnect':
        return disconnect();
    }
  },
  (reason) => ({ is: 'failed', reason }),
);
