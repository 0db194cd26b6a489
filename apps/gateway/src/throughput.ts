import type { Throughput, ThroughputSample } from '@roambridge/operator';

const INTERVAL_MS = 5_000;
/** Ten minutes. */
const INTERVALS_KEPT = 120;

/** Counts and sums of one interval. */
interface Bucket {
  /** Number of the interval since 1970. */
  interval: number;
  messages: number;
  times: Record<Timed, { count: number; totalMs: number }>;
}

/** Whose time was taken: ours to a charger, a charger's to us, a partner's. */
export type Timed = 'ourAnswer' | 'chargerAnswer' | 'delivery';

/** What happened in the last minutes, in a ring of fixed size. */
export interface ThroughputRing {
  message(): void;
  took(whose: Timed, ms: number): void;
  /** Whole intervals only: the one that runs is left out. */
  read(): Throughput;
}

export function createThroughputRing(now: () => number): ThroughputRing {
  const ring: (Bucket | undefined)[] = new Array(INTERVALS_KEPT).fill(undefined);
  const since = Math.floor(now() / INTERVAL_MS);

  function current(): Bucket {
    const interval = Math.floor(now() / INTERVAL_MS);
    const place = interval % INTERVALS_KEPT;
    const known = ring[place];
    if (known?.interval === interval) return known;
    const bucket = newBucket(interval);
    ring[place] = bucket;
    return bucket;
  }

  return {
    message() {
      current().messages += 1;
    },
    took(whose, ms) {
      const time = current().times[whose];
      time.count += 1;
      time.totalMs += ms;
    },
    read() {
      const last = Math.floor(now() / INTERVAL_MS) - 1;
      const first = Math.max(since, last - INTERVALS_KEPT + 2);
      const samples: ThroughputSample[] = [];
      for (let interval = first; interval <= last; interval += 1) {
        const kept = ring[interval % INTERVALS_KEPT];
        samples.push(sampleOf(kept?.interval === interval ? kept : newBucket(interval)));
      }
      return { intervalSeconds: INTERVAL_MS / 1_000, samples };
    },
  };
}

function newBucket(interval: number): Bucket {
  const none = () => ({ count: 0, totalMs: 0 });
  return { interval, messages: 0, times: { ourAnswer: none(), chargerAnswer: none(), delivery: none() } };
}

function sampleOf({ interval, messages, times }: Bucket): ThroughputSample {
  const { ourAnswer, chargerAnswer, delivery } = times;
  return {
    at: (interval + 1) * INTERVAL_MS,
    messages,
    ...(ourAnswer.count === 0 ? {} : { ourAnswerMs: ourAnswer.totalMs / ourAnswer.count }),
    ...(chargerAnswer.count === 0 ? {} : { chargerAnswerMs: chargerAnswer.totalMs / chargerAnswer.count }),
    ...(delivery.count === 0 ? {} : { deliveryMs: delivery.totalMs / delivery.count }),
  };
}
