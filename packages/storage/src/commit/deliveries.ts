import type { DirtyMark } from '@roambridge/core';
import { collect, defineWriter } from './writer.js';

/** All marks of one group on one object. */
interface Marks {
  partnerId: string;
  kind: string;
  key: string;
  count: number;
  /** Earliest due time of the urgent marks. */
  urgentAt: number | null;
  /** Earliest due time and shortest interval of the paced ones (D2-081). */
  pacedAt: number | null;
  minIntervalMs: number | null;
}

function noMarks({ partnerId, kind, key }: DirtyMark): Marks {
  return { partnerId, kind, key, count: 0, urgentAt: null, pacedAt: null, minIntervalMs: null };
}

function add(marks: Marks, { dueAt, minIntervalMs }: DirtyMark): void {
  marks.count += 1;
  if (minIntervalMs === undefined) {
    marks.urgentAt = Math.min(marks.urgentAt ?? dueAt, dueAt);
    return;
  }
  marks.pacedAt = Math.min(marks.pacedAt ?? dueAt, dueAt);
  marks.minIntervalMs = Math.min(marks.minIntervalMs ?? minIntervalMs, minIntervalMs);
}

/**
 * Every mark is a new version. It is due when it asks for it, a paced one not before the interval after the last
 * acknowledgement, and never later than the row was due already. A row that was not pending starts its attempts
 * anew. What the marks asked for stays beside the due time: a mark on a row that is being worked on counts when
 * that work is acknowledged. Rows are locked in the order of their keys, so that two writers cannot deadlock.
 */
export const deliveries = defineWriter<Marks>({
  table: 'deliveries',
  columns: {
    partner_id: ['text', (marks) => marks.partnerId],
    kind: ['text', (marks) => marks.kind],
    key: ['text', (marks) => marks.key],
    count: ['int8', (marks) => marks.count],
    urgent_at: ['int8', (marks) => marks.urgentAt],
    paced_at: ['int8', (marks) => marks.pacedAt],
    min_interval_ms: ['int8', (marks) => marks.minIntervalMs],
  },
  rows(group) {
    const merged = new Map<string, Marks>();
    for (const mark of collect(group, (writes) => writes.dirty)) {
      const { partnerId, kind, key } = mark;
      const id = `${partnerId}\n${kind}\n${key}`;
      const marks = merged.get(id) ?? noMarks(mark);
      add(marks, mark);
      merged.set(id, marks);
    }
    return [...merged].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, marks]) => marks);
  },
  statement: (rows) => `insert into deliveries as d (partner_id, kind, key, state, version, due_at, urgent_at,
      paced_at, min_interval_ms)
    select partner_id, kind, key, 'pending', count, least(urgent_at, paced_at), urgent_at, paced_at,
      min_interval_ms
    from ${rows}
    on conflict (partner_id, kind, key) do update set
      version = d.version + excluded.version,
      state = 'pending',
      attempts = case when d.state = 'pending' then d.attempts else 0 end,
      due_at = least(
        case when d.state = 'pending' then d.due_at end,
        excluded.urgent_at,
        greatest(excluded.paced_at, d.acknowledged_at + excluded.min_interval_ms)),
      urgent_at = least(d.urgent_at, excluded.urgent_at),
      paced_at = least(d.paced_at, excluded.paced_at),
      min_interval_ms = least(d.min_interval_ms, excluded.min_interval_ms)`,
});
