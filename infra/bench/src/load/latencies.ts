/** Width of a bucket, ms; longer times than the last bucket count as the last. */
const BUCKET_MS = 0.02;
const BUCKETS = 250_000;

/** Counts latencies at a fixed cost, however many there are. */
export interface Latencies {
  add(ms: number): void;
  clear(): void;
  count(): number;
  /** Time within which this share (0..1) of the messages was answered, ms; 0 without any. */
  quantileMs(share: number): number;
}

export function createLatencies(): Latencies {
  const buckets = new Uint32Array(BUCKETS);
  let total = 0;
  return {
    add(ms) {
      const bucket = Math.min(BUCKETS - 1, Math.floor(ms / BUCKET_MS));
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
      total += 1;
    },
    clear() {
      buckets.fill(0);
      total = 0;
    },
    count: () => total,
    quantileMs(share) {
      let left = Math.ceil(total * share);
      for (const [bucket, count] of buckets.entries()) {
        left -= count;
        if (left <= 0 && total > 0) return (bucket + 1) * BUCKET_MS;
      }
      return 0;
    },
  };
}
