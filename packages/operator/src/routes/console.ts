import type { OperatorEdge } from '@roambridge/core';
import type { Location } from '@roambridge/domain';
import { z } from 'zod';
import { listQuery, listReply, pageOf } from '../routing/lists.js';
import { noBody, none, type Route, route } from '../routing/route.js';
import { given, isoTime } from '../views/times.js';

const tag = 'console';

/** What the console is told about where it runs. */
export interface ConsoleSettings {
  /** Where people reach the console, without a path; absent = where their browser says that they are. */
  publicUrl?: string;
  mapTiles?: MapTiles;
}

export interface MapTiles {
  /** With {z}, {x} and {y} in Web Mercator. */
  url: string;
  /** Whose tiles they are. */
  attribution: string;
}

/** What happened in the seconds that end at `at`; times are means, absent = nothing of the kind happened. */
export interface ThroughputSample {
  at: number;
  /** Messages of chargers and ours to them. */
  messages: number;
  /** We answer chargers in. */
  ourAnswerMs?: number;
  /** Chargers answer us in. */
  chargerAnswerMs?: number;
  /** From the moment a partner was to be told until it had taken it. */
  deliveryMs?: number;
}

export interface Throughput {
  intervalSeconds: number;
  /** Oldest first, without gaps. */
  samples: ThroughputSample[];
}

const whoami = z
  .object({
    role: z.enum(['viewer', 'field', 'admin']),
    name: z.string(),
    console_url: z.string().optional().describe('CONSOLE_URL'),
    map_tiles: z.object({ url: z.string(), attribution: z.string() }).optional(),
  })
  .meta({ id: 'Whoami' });

const throughputView = z
  .object({
    interval_seconds: z.int(),
    samples: z.array(
      z.object({
        at: z.string().describe('End of the interval'),
        messages_per_second: z.number().describe('OCPP frames in both directions'),
        our_answer_ms: z.number().optional().describe('Mean time in which chargers had their answers'),
        charger_answer_ms: z.number().optional().describe('Mean time in which chargers answered'),
        delivery_ms: z.number().optional().describe('Mean time until a partner had what it was to be told'),
      }),
    ),
  })
  .meta({ id: 'Throughput' });

const siteView = z
  .object({
    country_code: z.string(),
    party_id: z.string(),
    id: z.string(),
    name: z.string().optional(),
    city: z.string().optional(),
    latitude: z.number(),
    longitude: z.number(),
    evses: z.array(z.object({ uid: z.string(), status: z.string(), station_id: z.string().optional() })),
  })
  .meta({ id: 'Site' });

/** What only the console needs. */
export function consoleRoutes(
  edge: OperatorEdge,
  { publicUrl, mapTiles }: ConsoleSettings,
  throughput: () => Throughput,
): Route[] {
  return [
    route({
      method: 'get',
      path: '/whoami',
      role: 'viewer',
      tag,
      summary: 'Role of the caller, and where the console is',
      params: none,
      query: none,
      body: noBody,
      answers: { 200: whoami },
      problems: [],
      handle: async ({ principal: { role, name } }) => ({
        status: 200,
        body: { role, name, ...given('console_url', publicUrl), ...given('map_tiles', mapTiles) },
      }),
    }),
    route({
      method: 'get',
      path: '/throughput',
      role: 'viewer',
      tag,
      summary: 'Messages, answers and deliveries of the last minutes',
      params: none,
      query: none,
      body: noBody,
      answers: { 200: throughputView },
      problems: [],
      handle: async () => ({ status: 200, body: viewThroughput(throughput()) }),
    }),
    route({
      method: 'get',
      path: '/sites',
      role: 'viewer',
      tag,
      summary: 'Where locations are, and the statuses of their EVSEs',
      params: none,
      query: listQuery,
      body: noBody,
      answers: { 200: pageOf(siteView) },
      problems: ['invalid-request'],
      handle: async ({ query }) => listReply(await edge.locations(query), viewSite),
    }),
  ];
}

function viewThroughput({ intervalSeconds, samples }: Throughput): z.output<typeof throughputView> {
  return {
    interval_seconds: intervalSeconds,
    samples: samples.map(({ at, messages, ourAnswerMs, chargerAnswerMs, deliveryMs }) => ({
      at: isoTime(at),
      messages_per_second: messages / intervalSeconds,
      ...given('our_answer_ms', ourAnswerMs),
      ...given('charger_answer_ms', chargerAnswerMs),
      ...given('delivery_ms', deliveryMs),
    })),
  };
}

function viewSite({
  country_code,
  party_id,
  id,
  name,
  city,
  coordinates,
  evses,
}: Location): z.output<typeof siteView> {
  return {
    country_code,
    party_id,
    id,
    ...given('name', name),
    ...given('city', city),
    latitude: Number(coordinates.latitude),
    longitude: Number(coordinates.longitude),
    evses: (evses ?? []).map(({ uid, status, ocpp }) => ({
      uid,
      status,
      ...given('station_id', ocpp?.station_id),
    })),
  };
}
