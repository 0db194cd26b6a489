import { always, type Route } from '../routing.js';
import { readInteger, readText } from '../validation/read.js';
import { FIRMWARE_STATES } from './job-status.js';

/** Words of the versions for a station that cannot charge because of its firmware (D1-053). */
const INSTALLING: ReadonlySet<string> = new Set(['Installing', 'InstallRebooting']);

/** FirmwareStatusNotification and its signed kind: a step of the job, and seen in the status while it installs. */
export const firmwareStatus: Route = {
  messageClass: 'plain',
  repeatable: true,
  answersEmpty: always,
  async answer(payload, call) {
    const status = readText(payload, 'status', call);
    const requestId = readInteger(payload, 'requestId', call);
    if (status === undefined) await call.edge.journal(call.frame);
    else {
      await call.edge.reportJob(
        call.stationId,
        {
          kind: 'firmware',
          status,
          state: FIRMWARE_STATES.get(status),
          installing: INSTALLING.has(status),
          ...(requestId === undefined ? {} : { requestId }),
        },
        call.frame,
      );
    }
    return {};
  },
};
