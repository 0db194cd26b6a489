import { expect, test } from '@jest/globals';
import { createFeed } from '../src/feed.js';
import type { FeedEvent } from '../src/index.js';

const clock = { now: () => 0, after: () => () => {} };

test('a feed resumes after the last event that was seen, without loss and without repetition', () => {
  const feed = createFeed(clock);
  feed.publish('station', 1, 'CS-1');
  const first: FeedEvent[] = [];
  const { epoch, end } = feed.subscribe({}, (event) => first.push(event));
  feed.publish('station', 2, 'CS-1');
  end();
  feed.publish('station', 3, 'CS-1');
  const second: FeedEvent[] = [];
  const resumed = feed.subscribe({ resumeAfter: { epoch, id: first[0]!.id } }, (event) => second.push(event));
  feed.publish('station', 4, 'CS-1');
  expect(resumed.gap).toBe(false);
  expect(second.map(({ data }) => data)).toEqual([3, 4]);
});

test('an id of another run, or one that is no longer kept, is a gap', () => {
  const feed = createFeed(clock);
  expect(feed.subscribe({ resumeAfter: { epoch: 'other', id: 0 } }, () => {}).gap).toBe(true);
  for (let i = 0; i < 12_000; i += 1) feed.publish('session', i);
  const { epoch } = feed.subscribe({}, () => {});
  expect(feed.subscribe({ resumeAfter: { epoch, id: 1 } }, () => {}).gap).toBe(true);
});

test('a listener hears only the topics and stations that it asked for', () => {
  const feed = createFeed(clock);
  const heard: unknown[] = [];
  feed.subscribe({ topics: ['cdr'], stationIds: ['CS-2'] }, ({ data }) => heard.push(data));
  feed.publish('cdr', 'a', 'CS-1');
  feed.publish('station', 'b', 'CS-2');
  feed.publish('cdr', 'c', 'CS-2');
  expect(heard).toEqual(['c']);
});
