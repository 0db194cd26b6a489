import type { AskedReport, ReportKind, ReportPart } from '@roambridge/core';
import { maskSecrets } from '../journal/mask.js';
import { always, type InboundCall, type Route } from '../routing.js';
import { need, readInteger, readObjects, readText } from '../validation/read.js';
import type { WireObject } from '../wire.js';
import { readReportData } from './device-variable.js';

/** A message that is one part of a report (C-002). */
function reportRoute(
  kind: ReportKind,
  read: (payload: WireObject, call: InboundCall) => Pick<ReportPart, 'items' | 'variables'>,
): Route {
  return {
    // what cannot be read is kept and acknowledged, not refused.
    messageClass: 'billing',
    repeatable: true,
    answersEmpty: always,
    async answer(payload, call) {
      const requestId = need(readInteger(payload, 'requestId', call), payload, 'requestId');
      const seqNo = readInteger(payload, 'seqNo', call);
      await call.edge.reportPart(
        call.stationId,
        {
          kind,
          requestId,
          // Absent = no more is to come.
          last: payload.tbc !== true,
          ...(seqNo === undefined || seqNo < 0 ? {} : { seqNo }),
          ...read(payload, call),
        },
        call.frame,
      );
      return {};
    },
  };
}

const listOf = (name: string) => (payload: WireObject, call: InboundCall) => ({
  items: readObjects(payload, name, call) ?? [],
});

/** NotifyReport (B07, B08). */
export const notifyReport = reportRoute('inventory', (payload, call) => {
  const items = readObjects(payload, 'reportData', call) ?? [];
  return {
    items: maskSecrets(items),
    variables: items.flatMap((item) => readReportData(item, call.receivedAt) ?? []),
  };
});

/** NotifyMonitoringReport (N02). */
export const notifyMonitoringReport = reportRoute('monitoring', listOf('monitor'));

/** NotifyDisplayMessages (O03). */
export const notifyDisplayMessages = reportRoute('display-messages', listOf('messageInfo'));

/** ReportChargingProfiles (K09): each profile with the EVSE and the source that its message names. */
export const reportChargingProfiles = reportRoute('charging-profiles', (payload, call) => {
  const { evseId, chargingLimitSource } = payload;
  const profiles = readObjects(payload, 'chargingProfile', call) ?? [];
  return { items: profiles.map((chargingProfile) => ({ evseId, chargingLimitSource, chargingProfile })) };
});

/** NotifyCustomerInformation (N09). */
export const notifyCustomerInformation = reportRoute('customer-information', (payload, call) => {
  const data = readText(payload, 'data', call);
  return { items: data === undefined ? [] : [{ data }] };
});

const ASKS = new Map<string, ReportKind>([
  ['CustomerInformation', 'customer-information'],
  ['GetBaseReport', 'inventory'],
  ['GetChargingProfiles', 'charging-profiles'],
  ['GetDisplayMessages', 'display-messages'],
  ['GetMonitoringReport', 'monitoring'],
  ['GetReport', 'inventory'],
]);

/** The report that a call asks for. */
export function reportAsked(action: string, payload: WireObject): AskedReport | undefined {
  const kind = ASKS.get(action);
  const { requestId } = payload;
  if (kind === undefined || typeof requestId !== 'number') return undefined;
  // N10: information that is only cleared is not reported.
  if (action === 'CustomerInformation' && payload.report !== true) return undefined;
  return {
    kind,
    requestId,
    action,
    ...(payload.reportBase === 'FullInventory' ? { whole: true } : {}),
  };
}
