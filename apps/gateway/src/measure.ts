import type { CdrRecord, Core, DeliveryUpdate, FeedEvent, FrameRecord, Store } from '@roambridge/core';
import { quirksShownBy } from '@roambridge/domain';
import type { Metrics } from '@roambridge/telemetry';
import type { ThroughputRing } from './throughput.js';

/** Actions that get a label of their own; a charger that makes names up must not fill the memory of the metrics. */
const KNOWN_ACTIONS = 200;
const ACTION_NAME = /^[A-Z][A-Za-z0-9]{2,40}$/;

/** Keeps the metrics by what the live feed tells; gauges are read when somebody asks for them. */
export function measure(options: {
  core: Core;
  store: Store;
  metrics: Metrics;
  throughput: ThroughputRing;
}): {
  expose(): Promise<string>;
  stop(): void;
} {
  const { core, store, metrics, throughput } = options;
  const actions = new Set<string>();
  const labelOf = (action: string): string => {
    if (actions.has(action)) return action;
    if (actions.size >= KNOWN_ACTIONS || !ACTION_NAME.test(action)) return 'other';
    actions.add(action);
    return action;
  };

  // The labels of every frame are few: their counters are looked up once, and told when somebody asks for them.
  const frameCounts = { in: new Map<string, number>(), out: new Map<string, number>() };
  const tellFrames = () => {
    for (const direction of ['in', 'out'] as const) {
      for (const [verdict, count] of frameCounts[direction])
        metrics.ocppFrames.inc({ direction, verdict }, count);
      frameCounts[direction].clear();
    }
  };
  const quirkCounter = memoized((quirk: string) => metrics.ocppQuirks.labels({ quirk }));
  const duration = memoized((action: string, direction: string, outcome: string) =>
    metrics.ocppCallDuration.labels({ action, direction, outcome }),
  );

  function frame(record: FrameRecord): void {
    const { direction, verdict, action, latencyMs, messageType } = record;
    const counts = frameCounts[direction];
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
    throughput.message();
    for (const quirk of quirksShownBy(record)) quirkCounter(quirk).inc();
    if (latencyMs === null || action === null) return;
    // The answer goes the other way than its call.
    const callDirection = direction === 'out' ? 'in' : 'out';
    throughput.took(direction === 'out' ? 'ourAnswer' : 'chargerAnswer', latencyMs);
    const outcome = messageType === 3 ? 'result' : 'error';
    duration(labelOf(action), callDirection, outcome).observe(latencyMs / 1000);
  }

  function cdr({ hold }: CdrRecord): void {
    metrics.cdrs.inc();
    if (hold !== undefined) metrics.cdrsHeld.inc({ reason: hold });
  }

  function delivery({ outcome, kind, waited_ms }: DeliveryUpdate & { waited_ms: number }): void {
    if (outcome !== 'acknowledged') return;
    const waitedMs = Math.max(0, waited_ms);
    metrics.deliveryLag.observe({ kind }, waitedMs / 1000);
    throughput.took('delivery', waitedMs);
  }

  const subscription = core.operator.subscribe(
    { topics: ['frame', 'cdr', 'delivery'] },
    ({ topic, data }: FeedEvent) => {
      if (topic === 'frame') frame(data as FrameRecord);
      else if (topic === 'cdr') cdr(data as CdrRecord);
      else delivery(data as DeliveryUpdate & { waited_ms: number });
    },
  );

  return {
    async expose() {
      tellFrames();
      metrics.stationsConnected.reset();
      for (const [protocol, count] of core.connected()) metrics.stationsConnected.set({ protocol }, count);
      metrics.exchangesLost.set(core.lostExchanges());
      metrics.deliveriesPending.reset();
      for (const { partnerId, kind, count } of await store.deliveries.backlog()) {
        metrics.deliveriesPending.set({ partner: partnerId, kind }, count);
      }
      return metrics.expose();
    },
    stop: subscription.end,
  };
}

function memoized<T>(make: (...labels: string[]) => T): (...labels: string[]) => T {
  const made = new Map<string, T>();
  return (...labels) => {
    const name = labels.join(' ');
    const known = made.get(name) ?? make(...labels);
    made.set(name, known);
    return known;
  };
}
