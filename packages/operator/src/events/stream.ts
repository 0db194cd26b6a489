import type { FeedEvent, OperatorEdge } from '@roambridge/core';
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { RoleCheck } from '../auth/principal.js';
import { invalid, Problem } from '../routing/problem.js';
import { isTopic, TOPICS, viewEvent } from './feed-view.js';

const HEARTBEAT_INTERVAL_MS = 15_000;
/** A client that reads this much slower than the feed is disconnected; it comes back and resumes. */
const MAX_BUFFERED_BYTES = 1_048_576;
const MAX_STREAMS = 200;
const RECONNECT_DELAY_MS = 2_000;
const MAX_STATIONS = 1_000;

export interface EventStreams {
  /** `GET /events`. */
  handle(request: Request, response: Response): void;
  /** Ends the streams of tokens that are not valid any more. */
  endInvalid(): void;
  /** Ends every open stream. */
  end(): void;
}

const commaList = z.string().transform((list) => list.split(',').filter((entry) => entry !== ''));

/** Query of the stream; both filters are comma separated. */
export const eventQuery = z.object({
  stations: commaList.pipe(z.array(z.string()).max(MAX_STATIONS)).exactOptional(),
  topics: commaList
    .pipe(z.array(z.string().refine(isTopic, `must be one of ${TOPICS.join(', ')}`)))
    .exactOptional(),
});

/** Server-sent events of the live feed: `id: <epoch>-<n>`, `event: <topic>`, `data: <json>`. */
export function createEventStreams(options: { edge: OperatorEdge; check: RoleCheck }): EventStreams {
  const { edge, check } = options;
  /** What ends each open stream, and the token that it was allowed with. */
  const open = new Map<() => void, string>();
  return {
    handle: (request, response) => {
      const { token } = check(request, response, 'viewer');
      const query = eventQuery.safeParse(request.query);
      if (!query.success) throw invalid(query.error, 'query');
      if (open.size >= MAX_STREAMS)
        throw new Problem('unavailable', `No more than ${MAX_STREAMS} event streams at once.`);
      startStream(response);

      // Events that are replayed come before subscribe returns, and so before the gap is known.
      const early: FeedEvent[] = [];
      let live = false;
      const subscription = edge.subscribe(feedOptions(query.data, lastEventId(request)), (event) => {
        if (live) write(eventText(event));
        else early.push(event);
      });
      const heartbeat = setInterval(() => {
        if (edge.authenticate(token) === undefined) end();
        else write(': heartbeat\n\n');
      }, HEARTBEAT_INTERVAL_MS);
      const end = () => {
        if (!open.delete(end)) return;
        clearInterval(heartbeat);
        subscription.end();
        response.end();
      };
      const write = (text: string) => {
        if (!open.has(end)) return;
        response.write(text);
        if (response.writableLength > MAX_BUFFERED_BYTES) {
          end();
          response.destroy();
        }
      };
      open.set(end, token);
      response.on('close', end);

      if (subscription.gap) write(`event: reset\ndata: ${JSON.stringify({ epoch: subscription.epoch })}\n\n`);
      for (const event of early) write(eventText(event));
      live = true;
    },
    endInvalid: () => {
      for (const [end, token] of [...open]) if (edge.authenticate(token) === undefined) end();
    },
    end: () => {
      for (const end of [...open.keys()]) end();
    },
  };
}

function startStream(response: Response): void {
  response.status(200).set({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    connection: 'close',
    'x-accel-buffering': 'no',
  });
  response.flushHeaders();
  response.write(`retry: ${RECONNECT_DELAY_MS}\n\n`);
}

function eventText(event: FeedEvent): string {
  return `id: ${event.epoch}-${event.id}\nevent: ${event.topic}\ndata: ${JSON.stringify(viewEvent(event))}\n\n`;
}

function feedOptions(
  query: z.output<typeof eventQuery>,
  resumeAfter: { epoch: string; id: number } | undefined,
): Parameters<OperatorEdge['subscribe']>[0] {
  return {
    ...(query.stations === undefined ? {} : { stationIds: query.stations }),
    ...(query.topics === undefined ? {} : { topics: query.topics.filter(isTopic) }),
    ...(resumeAfter === undefined ? {} : { resumeAfter }),
  };
}

/** An id that cannot be read is one that cannot be resumed from: the caller is told to read again. */
function lastEventId(request: Request): { epoch: string; id: number } | undefined {
  const header = request.headers['last-event-id'];
  if (typeof header !== 'string' || header === '') return undefined;
  const [, epoch = '', id = '0'] = /^(.+)-(\d{1,15})$/.exec(header) ?? [];
  return { epoch, id: Number(id) };
}
