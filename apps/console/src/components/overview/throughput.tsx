import type { ThroughputSample, ThroughputView } from '../../api/console-views.js';
import { ageOf } from '../../format.js';
import { useEvery } from '../../live/use-every.js';
import { useLive } from '../../live/use-live.js';
import { OVERVIEW_TEXTS } from '../../texts/overview.js';
import { TEXTS } from '../../texts.js';
import { Waiting } from '../waiting.js';
import { Spark } from './spark.js';

const T = OVERVIEW_TEXTS.throughput;
const SECONDS_PER_MINUTE = 60;

type Measured = Exclude<keyof ThroughputSample, 'at'>;

const MEASURED = [
  'messages_per_second',
  'our_answer_ms',
  'charger_answer_ms',
  'delivery_ms',
] as const satisfies Measured[];

/** How busy the gateway is, and how long answers and deliveries take. */
export function Throughput() {
  const live = useLive<ThroughputView>('/throughput', []);
  useEvery(live.value?.interval_seconds, live.again);
  if (live.value === undefined) return <Waiting live={live} />;
  const { samples, interval_seconds } = live.value;
  const newest = samples.at(-1);
  if (newest === undefined) return <p class="empty">{T.none}</p>;
  return (
    <>
      <ul class="sparks">
        {MEASURED.map((name) => (
          <Measure key={name} name={name} values={samples.map((sample) => sample[name])} />
        ))}
      </ul>
      <p class="muted">
        {T.span(Math.ceil((samples.length * interval_seconds) / SECONDS_PER_MINUTE))} ·{' '}
        {TEXTS.ago(ageOf(newest.at))}
      </p>
    </>
  );
}

function Measure({ name, values }: { name: Measured; values: readonly (number | undefined)[] }) {
  const known = values.filter((value) => value !== undefined);
  const newest = known.at(-1);
  const show = (value: number) => (name === 'messages_per_second' ? rate(value) : time(value));
  const most = known.length === 0 ? '' : T.most(show(Math.max(...known)));
  const text = newest === undefined ? T.nothing : show(newest);
  return (
    <li class="tile" data-testid={`spark-${name}`}>
      <b>{text}</b>
      <span>{T.names[name]}</span>
      <Spark values={values} label={`${T.names[name]}: ${text}, ${most}`} />
      <span>{most}</span>
    </li>
  );
}

function rate(perSecond: number): string {
  return perSecond >= 100 ? String(Math.round(perSecond)) : perSecond.toFixed(1);
}

function time(ms: number): string {
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
