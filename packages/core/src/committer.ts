import type { RecentDocuments } from './delivery/recent-documents.js';
import type { Feed } from './feed.js';
import type { DirtyMark } from './model/delivery.js';
import { type FrameRecord, storedAnswer } from './model/journal.js';
import type { Clock } from './ports/clock.js';
import type { Log } from './ports/log.js';
import type { Store } from './ports/store.js';
import { type Plan, toWriteSet } from './stations/plan.js';

/** Frames that nobody waits for and that wait for their commit, at most. Above it the oldest are given up. */
const MAX_WAITING_NOTES = 20_000;

/** Makes plans durable and then real: rows first, memory and wake-ups after. */
export interface Committer {
  commit(plan: Plan): Promise<void>;
  /** Journal entry that nobody waits for. */
  note(frame: FrameRecord): void;
  /** Resolves when no commit and no note is under way. */
  idle(): Promise<void>;
}

export function createCommitter(options: {
  store: Store;
  clock: Clock;
  feed: Feed;
  log: Log;
  recent: RecentDocuments;
  wake: (marks: readonly DirtyMark[]) => void;
}): Committer {
  const { store, clock, feed, log, recent, wake } = options;
  let notes: FrameRecord[] = [];
  let flushing: Promise<void> | undefined;
  let underWay = 0;
  let lost = 0;

  async function flushNotes(): Promise<void> {
    await new Promise<void>((turn) => setImmediate(turn));
    while (notes.length > 0) {
      const frames = notes;
      notes = [];
      try {
        await store.commit({ stationId: '', frames });
      } catch (error) {
        lost += frames.length;
        log.warn({ err: error, lost }, 'journal entries could not be stored');
      }
      // Who reads the journal when it is told of a frame finds it there.
      for (const frame of frames) feed.publish('frame', frame, frame.stationId);
    }
    flushing = undefined;
  }

  return {
    async commit(plan) {
      underWay += 1;
      try {
        await store.commit(toWriteSet(plan));
        recent.note(plan);
      } catch (error) {
        recent.clear();
        throw error;
      } finally {
        underWay -= 1;
      }
      for (const effect of plan.afterCommit) effect();
      for (const frame of plan.frames) {
        feed.publish('frame', frame, frame.stationId);
        if (frame.answer !== undefined) {
          const answer = storedAnswer(frame, frame.answer, clock.now() - frame.at);
          feed.publish('frame', answer, frame.stationId);
        }
      }
      if (plan.stationState || plan.evseStatuses.length > 0) {
        feed.publish('station', { id: plan.stationId }, plan.stationId);
      }
      for (const entry of plan.attention) feed.publish('attention', entry, entry.stationId);
      if (plan.dirty.length > 0) wake(plan.dirty);
    },
    note(frame) {
      // Heartbeats touch no table.
      if (frame.action === 'Heartbeat') {
        feed.publish('frame', frame, frame.stationId);
        return;
      }
      notes.push(frame);
      if (notes.length > MAX_WAITING_NOTES) lost += notes.splice(0, notes.length - MAX_WAITING_NOTES).length;
      flushing ??= flushNotes();
    },
    async idle() {
      while (flushing || underWay > 0) {
        await flushing;
        await new Promise<void>((turn) => setImmediate(turn));
      }
    },
  };
}
