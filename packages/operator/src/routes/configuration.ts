import type { ConfigurationValue, OperatorEdge } from '@roambridge/core';
import { z } from 'zod';
import { Problem } from '../routing/problem.js';
import { noBody, none, type Route, route } from '../routing/route.js';
import { expectationView, templateName, wantedConfiguration } from '../schemas/configuration.js';
import { isoTime } from '../views/times.js';

const tag = 'configuration';
const byName = z.object({ name: templateName });
const template = z
  .object({ name: z.string(), configuration: wantedConfiguration })
  .meta({ id: 'ConfigurationTemplate' });

const stationConfiguration = z
  .object({
    firmware_version: z.string(),
    read_at: z.string(),
    values: z.record(
      z.string(),
      z.object({ value: z.string().optional(), readonly: z.boolean(), told_at: z.string().optional() }),
    ),
    expectations: z.record(z.string(), expectationView).describe('What is wanted of some keys'),
    unknown_keys: z.array(z.string()),
    set: z
      .array(
        z.object({
          key: z.string(),
          from: z.string().optional(),
          to: z.string(),
          answer: z.enum(['accepted', 'reboot-required', 'not-supported', 'rejected', 'no-answer']),
          at: z.string(),
        }),
      )
      .describe('What was set by the operator, or because it was not as wanted, newest last'),
  })
  .meta({ id: 'StationConfiguration' });

/** What stations are configured as, and what they are kept at. */
export function configurationRoutes(edge: OperatorEdge): Route[] {
  return [
    route({
      method: 'get',
      path: '/stations/{station_id}/configuration',
      role: 'viewer',
      tag,
      summary: 'Configuration keys of an OCPP 1.6 station, as they were last read',
      params: z.object({ station_id: z.string().min(1).max(255) }),
      query: none,
      body: noBody,
      answers: { 200: stationConfiguration },
      problems: ['not-found'],
      handle: async ({ params: { station_id } }) => {
        const found = await edge.configuration(station_id);
        if (found === undefined)
          throw new Problem('not-found', `There is no station ${JSON.stringify(station_id)}.`);
        if (found === 'not-read')
          throw new Problem('not-found', `${station_id} has not told its configuration.`);
        return {
          status: 200,
          body: {
            firmware_version: found.firmware,
            read_at: isoTime(found.readAt),
            values: viewValues(found.values),
            expectations: found.expectations,
            unknown_keys: found.unknownKeys,
            set: found.set.map((change) => ({ ...change, at: isoTime(change.at) })),
          },
        };
      },
    }),
    route({
      method: 'get',
      path: '/configuration-templates',
      role: 'viewer',
      tag,
      summary: 'List configuration templates',
      params: none,
      query: none,
      body: noBody,
      answers: { 200: z.object({ items: z.array(template) }) },
      problems: [],
      handle: async () => ({ status: 200, body: { items: await edge.templates() } }),
    }),
    route({
      method: 'put',
      path: '/configuration-templates/{name}',
      role: 'admin',
      tag,
      summary: 'Create or replace a configuration template',
      params: byName,
      query: none,
      body: wantedConfiguration,
      answers: { 200: template, 201: template },
      problems: ['invalid-request', 'conflict'],
      handle: async ({ params: { name }, body }) => {
        const { created } = await edge.putTemplate(name, body);
        return { status: created ? 201 : 200, body: { name, configuration: body } };
      },
    }),
    route({
      method: 'delete',
      path: '/configuration-templates/{name}',
      role: 'admin',
      tag,
      summary: 'Remove a configuration template',
      params: byName,
      query: none,
      body: noBody,
      answers: { 204: null },
      problems: ['not-found'],
      handle: async ({ params: { name } }) => {
        if (!(await edge.removeTemplate(name)))
          throw new Problem('not-found', `There is no template ${name}.`);
        return { status: 204 };
      },
    }),
  ];
}

function viewValues(values: Record<string, ConfigurationValue>): Record<string, object> {
  return Object.fromEntries(
    Object.entries(values).map(([key, { at, ...value }]) => [
      key,
      { ...value, ...(at === undefined ? {} : { told_at: isoTime(at) }) },
    ]),
  );
}
