import {
  type CursorPage,
  type FrameQuery,
  type FrameRecord,
  type Store,
  storedAnswer,
} from '@roambridge/core';
import type { Selectable } from 'kysely';
import type { Tables } from '../database/tables.js';
import { fromDocument } from '../encoding/document.js';
import type { StoreContext } from './context.js';
import { before, oneMore } from './paging.js';

type Row = Selectable<Tables['frames']>;

/** Rows that one database transaction removes, so that none takes long. */
const PRUNE_ROWS = 10_000;

/** The journal of OCPP frames; written by group commits only. */
export function frameStore({ tables }: Pick<StoreContext, 'tables'>): Store['frames'] {
  return {
    async page(query) {
      let rows = tables
        .selectFrom('frames')
        .selectAll()
        .where('station_id', '=', query.stationId)
        .where('id', '<', firstRow(query))
        .orderBy('id', 'desc')
        .limit(oneMore(query));
      if (query.beforeAt !== undefined) rows = rows.where('at', '<', query.beforeAt);
      if (query.actions !== undefined) rows = rows.where('action', 'in', [...query.actions]);
      if (query.verdicts !== undefined) rows = rows.where('verdict', 'in', [...query.verdicts]);
      return framePage(await rows.execute(), query);
    },
    async ofMessages(stationId, messages) {
      if (messages.length === 0) return [];
      const rows = await tables
        .selectFrom('frames')
        .selectAll()
        .where('station_id', '=', stationId)
        .where('at', 'in', [...new Set(messages.map(({ at }) => at))])
        .where('message_id', 'in', [...new Set(messages.map(({ messageId }) => messageId))])
        .where('direction', '=', 'in')
        .orderBy('id')
        .execute();
      const asked = new Set(messages.map(({ messageId, at }) => `${at} ${messageId}`));
      return rows.filter((row) => asked.has(`${row.at} ${row.message_id}`)).map(toFrame);
    },
    async correlated(correlationIds, limit) {
      const rows = await tables
        .selectFrom('frames')
        .selectAll()
        .where('correlation_id', 'in', [...correlationIds])
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.flatMap(toFrames);
    },
    async prune(beforeAt) {
      let pruned = 0;
      for (;;) {
        const old = tables
          .selectFrom('frames')
          .select(['station_id', 'id'])
          .where('at', '<', beforeAt)
          .limit(PRUNE_ROWS);
        const { numDeletedRows } = await tables
          .deleteFrom('frames')
          .where(({ eb, refTuple }) =>
            eb(refTuple('station_id', 'id'), 'in', old.$asTuple('station_id', 'id')),
          )
          .executeTakeFirst();
        pruned += Number(numDeletedRows);
        if (numDeletedRows < BigInt(PRUNE_ROWS)) return pruned;
      }
    },
  };
}

const ANSWER_ID = /^(\d+)a$/;

/** Row id below which a page begins: before an answer that is stored with its call comes that call. */
function firstRow(query: FrameQuery): number {
  const row = ANSWER_ID.exec(query.cursor ?? '')?.[1];
  return row === undefined ? before(query) : before({ ...query, cursor: row }) + 1;
}

/** As many whole rows as the page takes; a row can hold a call and its answer. */
function framePage(rows: readonly Row[], query: FrameQuery): CursorPage<FrameRecord & { id: string }> {
  const { cursor, limit } = query;
  const items: (FrameRecord & { id: string })[] = [];
  let last: Row | undefined;
  for (const row of rows) {
    const frames = toFrames(row).filter(({ id }) => id !== cursor);
    if (last && items.length + frames.length > limit) return { items, nextCursor: String(last.id) };
    items.push(...frames);
    last = row;
  }
  return { items };
}

/** The frames of a row, newest first. */
function toFrames(row: Row): (FrameRecord & { id: string })[] {
  const frame = toFrame(row);
  if (row.answer === null) return [frame];
  return [{ ...storedAnswer(frame, row.answer, null), id: `${row.id}a` }, frame];
}

function toFrame(row: Row): FrameRecord & { id: string } {
  return {
    id: String(row.id),
    stationId: row.station_id,
    at: row.at,
    direction: row.direction as FrameRecord['direction'],
    messageType: row.message_type,
    messageId: row.message_id,
    action: row.action,
    raw: row.raw,
    verdict: row.verdict as FrameRecord['verdict'],
    anomalies: row.anomalies === null ? [] : fromDocument<string[]>(row.anomalies),
    latencyMs: row.latency_ms,
    correlationId: row.correlation_id,
  };
}
