import { setTimeout as delay } from 'node:timers/promises';
import { median } from '../report/median.js';
import type { LatencyResult, LoopOrder } from './messages.js';
import type { Partners } from './partners.js';
import { quantilesOf } from './quantiles.js';
import type { Fleet, FleetStation } from './stations.js';

const TICK_MS = 1;
/** Longest wait for a partner to be told what is under way. */
const TOLD_TIMEOUT_MS = 20_000;

/**
 * From a StatusNotification to the partner's HTTP request with it. A station says the next change when the last one was
 * answered and told, so that no two changes become one request.
 */
export async function measureChanges(
  fleet: Fleet,
  partners: Partners,
  { perSecond, ms }: Extract<LoopOrder, { do: 'changes' }>,
): Promise<LatencyResult> {
  const latencies: number[] = [];
  const free = [...fleet.stations];
  const telling = new Map<string, { at: number; told: () => void }>();
  partners.told((object) => {
    const change = telling.get(object);
    if (!change) return;
    telling.delete(object);
    latencies.push(performance.now() - change.at);
    change.told();
  });

  async function change(station: FleetStation): Promise<void> {
    const told = new Promise<void>((resolve) => {
      telling.set(station.evseUid, { at: performance.now(), told: resolve });
    });
    await Promise.all([station.change(), told]);
    free.push(station);
  }

  const begun = performance.now();
  let said = 0;
  while (performance.now() - begun < ms) {
    for (const due = ((performance.now() - begun) / 1_000) * perSecond; said < due; said += 1) {
      const station = free.shift();
      if (!station) throw new Error(`${fleet.stations.length} stations wait for the partner to be told`);
      void change(station);
    }
    await delay(TICK_MS);
  }
  for (const until = performance.now() + TOLD_TIMEOUT_MS; telling.size > 0; await delay(TICK_MS)) {
    if (performance.now() > until) throw new Error(`${telling.size} changes were not told to the partner`);
  }
  return quantilesOf(latencies);
}

/** One change to all registered partners: how much later the last one is told than the first one. */
export async function measureSpread(
  fleet: Fleet,
  partners: Partners,
  changes: number,
): Promise<{ firstMs: number; lastMs: number; times: number }> {
  const found: { first: number; last: number }[] = [];
  for (let i = 0; i < changes; i += 1) {
    const station = fleet.stations[i % fleet.stations.length];
    if (!station) throw new Error('no station is connected');
    const at = performance.now();
    const arrivals = new Map<number, number>();
    const all = new Promise<void>((resolve) => {
      partners.told((object, partner) => {
        if (object !== station.evseUid || arrivals.has(partner)) return;
        arrivals.set(partner, performance.now() - at);
        if (arrivals.size === partners.registered()) resolve();
      });
    });
    await Promise.all([
      station.change(),
      Promise.race([all, delay(TOLD_TIMEOUT_MS, undefined, { ref: false })]),
    ]);
    if (arrivals.size < partners.registered()) {
      throw new Error(`${partners.registered() - arrivals.size} partners were not told of a change`);
    }
    const times = [...arrivals.values()];
    found.push({ first: Math.min(...times), last: Math.max(...times) });
  }
  return {
    firstMs: median(found.map(({ first }) => first)),
    lastMs: median(found.map(({ last }) => last)),
    times: median(found.map(({ first, last }) => last / first)),
  };
}
