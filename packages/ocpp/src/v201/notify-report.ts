import { always, type InboundCall, type Route } from '../routing.js';
import { readNumber, readObject, readObjects, readText } from '../validation/read.js';
import type { WireObject } from '../wire.js';

/** NotifyReport: kept and acknowledged; of the device model only what decides about the status is used. */
export const notifyReport: Route = {
  messageClass: 'plain',
  repeatable: true,
  answersEmpty: always,
  async answer(payload, call) {
    const data = readObjects(payload, 'reportData', call) ?? [];
    const [seconds] = data.flatMap((entry) => offlineThreshold(entry, call) ?? []);
    if (seconds === undefined) await call.edge.journal(call.frame);
    else await call.edge.reportOfflineThreshold(call.stationId, seconds * 1_000, call.frame);
    return {};
  },
};

/** OCPPCommCtrlr.OfflineThreshold, seconds (B04.FR.01). */
function offlineThreshold(entry: WireObject, call: InboundCall): number | undefined {
  const component = readText(readObject(entry, 'component', call) ?? {}, 'name', call)?.toLowerCase();
  const variable = readText(readObject(entry, 'variable', call) ?? {}, 'name', call)?.toLowerCase();
  if (component !== 'ocppcommctrlr' || variable !== 'offlinethreshold') return undefined;
  const [attribute] = readObjects(entry, 'variableAttribute', call) ?? [];
  const text = attribute && readText(attribute, 'value', call);
  const seconds = text === undefined ? undefined : readNumber({ text: Number(text) }, 'text', call);
  return seconds !== undefined && seconds >= 0 ? seconds : undefined;
}
