import { statSync } from 'node:fs';

/** Tests that take minutes, the longest first: begun last they would run alone at the end. */
const SLOW = [
  /gateway\/test\/model\.test/,
  /gateway\/test\/golden-/,
  /gateway\/test\/kill\.test/,
  /gateway\/test\/replay\.test/,
  /gateway\/test\/billing-messages\.test/,
];

/** Order of the test files: the slow ones, then the largest. */
// biome-ignore lint/style/noDefaultExport: jest takes the default export
export default class SlowFirst {
  sort(tests) {
    const sizes = new Map(tests.map(({ path }) => [path, statSync(path).size]));
    return [...tests].sort((a, b) => rank(a.path) - rank(b.path) || sizes.get(b.path) - sizes.get(a.path));
  }

  shard(tests, { shardIndex, shardCount }) {
    return this.sort(tests).filter((_, index) => index % shardCount === shardIndex - 1);
  }

  allFailedTests(tests) {
    return tests;
  }

  /** Nothing is remembered: the order is the same on every machine. */
  cacheResults() {}
}

function rank(path) {
  const index = SLOW.findIndex((slow) => slow.test(path));
  return index < 0 ? SLOW.length : index;
}
