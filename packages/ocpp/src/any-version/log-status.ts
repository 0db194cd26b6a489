import { always, type Route } from '../routing.js';
import { readInteger, readText } from '../validation/read.js';
import { LOG_STATES } from './job-status.js';

/** LogStatusNotification and DiagnosticsStatusNotification: a step of the job (B-010, B-011). */
export const logStatus: Route = {
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
          kind: 'log',
          status,
          state: LOG_STATES.get(status),
          ...(requestId === undefined ? {} : { requestId }),
        },
        call.frame,
      );
    }
    return {};
  },
};
