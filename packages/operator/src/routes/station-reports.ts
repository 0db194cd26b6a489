import type { OperatorEdge } from '@roambridge/core';
import { z } from 'zod';
import { listQuery, listReply, pageOf } from '../routing/lists.js';
import { Problem } from '../routing/problem.js';
import { noBody, none, type Route, route } from '../routing/route.js';
import { deviceVariableView, viewDeviceVariable } from '../views/device-variable.js';
import { reportListView, reportView, viewReport, viewReportHead } from '../views/report.js';

const tag = 'stations';
const byId = z.object({ station_id: z.string().min(1).max(255) });
const name = z.string().min(1).max(100).exactOptional();

/** What stations with a device model told of themselves. */
export function stationReportRoutes(edge: OperatorEdge): Route[] {
  return [
    route({
      method: 'get',
      path: '/stations/{station_id}/device-model',
      role: 'viewer',
      tag,
      summary: 'Variables of a station (OCPP 2.x), as it last told them',
      params: byId,
      query: listQuery.extend({
        component: name.describe('Name of the component, ignoring case'),
        variable: name.describe('Name of the variable, ignoring case'),
        evse_id: z.coerce.number().int().positive().exactOptional(),
      }),
      body: noBody,
      answers: { 200: pageOf(deviceVariableView) },
      problems: ['invalid-request', 'not-found'],
      handle: async ({ params, query: { evse_id: evseId, ...query } }) => {
        const page = await edge.deviceModel({
          ...query,
          stationId: params.station_id,
          ...(evseId === undefined ? {} : { evseId }),
        });
        if (page === undefined) throw unknownStation(params.station_id);
        return listReply(page, viewDeviceVariable);
      },
    }),
    route({
      method: 'get',
      path: '/stations/{station_id}/reports',
      role: 'viewer',
      tag,
      summary: 'Reports that a station gave in several messages (OCPP 2.x), newest first',
      params: byId,
      query: listQuery,
      body: noBody,
      answers: { 200: pageOf(reportListView) },
      problems: ['invalid-request', 'not-found'],
      handle: async ({ params, query }) => {
        const page = await edge.reports({ ...query, stationId: params.station_id });
        if (page === undefined) throw unknownStation(params.station_id);
        return listReply(page, viewReportHead);
      },
    }),
    route({
      method: 'get',
      path: '/stations/{station_id}/reports/{report_id}',
      role: 'viewer',
      tag,
      summary: 'A report with all that is in it, in the words of the station',
      params: byId.extend({ report_id: z.string().min(1).max(100) }),
      query: none,
      body: noBody,
      answers: { 200: reportView },
      problems: ['not-found'],
      handle: async ({ params: { station_id, report_id } }) => {
        const report = await edge.report(station_id, report_id);
        if (report === undefined)
          throw new Problem('not-found', `${station_id} has no report ${JSON.stringify(report_id)}.`);
        return { status: 200, body: viewReport(report) };
      },
    }),
  ];
}

function unknownStation(id: string): Problem {
  return new Problem('not-found', `There is no station ${JSON.stringify(id)}.`);
}
