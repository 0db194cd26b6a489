import type { LatencyResult } from './messages.js';

/** @throws Error without any latency. */
export function quantilesOf(latencies: readonly number[]): LatencyResult {
  const sorted = [...latencies].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1];
  const [p50Ms, p99Ms] = [at(0.5), at(0.99)];
  if (p50Ms === undefined || p99Ms === undefined) throw new Error('nothing was measured');
  return { count: sorted.length, p50Ms, p99Ms };
}
