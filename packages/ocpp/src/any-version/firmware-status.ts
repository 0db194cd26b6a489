import { always, type Route } from '../routing.js';
import { readText } from '../validation/read.js';

/** Words of the versions for a station that cannot charge because of its firmware (D1-053). */
const INSTALLING: ReadonlySet<string> = new Set(['Installing', 'InstallRebooting']);

/** FirmwareStatusNotification and its signed kind: kept, acknowledged, and seen in the status while it installs. */
export const firmwareStatus: Route = {
  messageClass: 'plain',
  repeatable: true,
  answersEmpty: always,
  async answer(payload, call) {
    const status = readText(payload, 'status', call);
    if (status === undefined) await call.edge.journal(call.frame);
    else await call.edge.reportInstalling(call.stationId, INSTALLING.has(status), call.frame);
    return {};
  },
};
