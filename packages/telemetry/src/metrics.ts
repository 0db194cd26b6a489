import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { METRICS } from './metric-catalogue.js';

type LabelOf<Name extends keyof typeof METRICS> = (typeof METRICS)[Name]['labels'][number];

/** The gateway's metrics, one typed member for each entry of the catalogue. */
export interface Metrics {
  stationsConnected: Gauge<LabelOf<'stationsConnected'>>;
  ocppFrames: Counter<LabelOf<'ocppFrames'>>;
  ocppQuirks: Counter<LabelOf<'ocppQuirks'>>;
  /** Seconds. */
  ocppCallDuration: Histogram<LabelOf<'ocppCallDuration'>>;
  deliveriesPending: Gauge<LabelOf<'deliveriesPending'>>;
  /** Seconds. */
  deliveryLag: Histogram<LabelOf<'deliveryLag'>>;
  exchangesLost: Gauge<LabelOf<'exchangesLost'>>;
  commits: Counter<LabelOf<'commits'>>;
  commitGroupSize: Histogram<LabelOf<'commitGroupSize'>>;
  cdrs: Counter<LabelOf<'cdrs'>>;
  cdrsHeld: Counter<LabelOf<'cdrsHeld'>>;
  /** Everything in the Prometheus text format, version 0.0.4. */
  expose(): Promise<string>;
}

/**
 * Metrics in a registry of their own, so that several gateways can live in one process.
 * `processMetrics` adds memory, CPU, event loop and garbage collection of the process (default: yes).
 */
export function createMetrics({ processMetrics = true }: { processMetrics?: boolean } = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (processMetrics) collectDefaultMetrics({ register: registry, prefix: 'roambridge_' });

  const counter = <L extends string>(d: { name: string; help: string; labels: readonly L[] }) =>
    new Counter({ name: d.name, help: d.help, labelNames: d.labels, registers });
  const gauge = <L extends string>(d: { name: string; help: string; labels: readonly L[] }) =>
    new Gauge({ name: d.name, help: d.help, labelNames: d.labels, registers });
  const histogram = <L extends string>(d: {
    name: string;
    help: string;
    labels: readonly L[];
    buckets: readonly number[];
  }) =>
    new Histogram({ name: d.name, help: d.help, labelNames: d.labels, buckets: [...d.buckets], registers });

  return {
    stationsConnected: gauge(METRICS.stationsConnected),
    ocppFrames: counter(METRICS.ocppFrames),
    ocppQuirks: counter(METRICS.ocppQuirks),
    ocppCallDuration: histogram(METRICS.ocppCallDuration),
    deliveriesPending: gauge(METRICS.deliveriesPending),
    deliveryLag: histogram(METRICS.deliveryLag),
    exchangesLost: gauge(METRICS.exchangesLost),
    commits: counter(METRICS.commits),
    commitGroupSize: histogram(METRICS.commitGroupSize),
    cdrs: counter(METRICS.cdrs),
    cdrsHeld: counter(METRICS.cdrsHeld),
    expose: () => registry.metrics(),
  };
}
