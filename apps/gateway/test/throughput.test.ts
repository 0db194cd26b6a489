import { expect, test } from '@jest/globals';
import { createThroughputRing } from '../src/throughput.js';

test('the ring holds ten minutes in intervals of five seconds, and no gap looks like an old value', () => {
  let now = 1_000_000_000;
  const ring = createThroughputRing(() => now);
  expect(ring.read()).toEqual({ intervalSeconds: 5, samples: [] });
  ring.message();
  ring.message();
  ring.took('ourAnswer', 2);
  ring.took('ourAnswer', 4);
  ring.took('delivery', 100);
  now += 5_000;
  expect(ring.read().samples).toEqual([{ at: now, messages: 2, ourAnswerMs: 3, deliveryMs: 100 }]);
  now += 10_000;
  expect(ring.read().samples.map(({ messages }) => messages)).toEqual([2, 0, 0]);
  ring.message();
  now += 600_000;
  const { samples } = ring.read();
  expect(samples.length).toBeLessThan(120);
  expect(samples.reduce((sum, { messages }) => sum + messages, 0)).toBe(0);
});
