import { LOG_STATES } from './job-status.js';
import { reportStep } from './report-step.js';

/** LogStatusNotification and DiagnosticsStatusNotification: a step of the job (B-010, B-011). */
export const logStatus = reportStep((status) => ({ kind: 'log', state: LOG_STATES.get(status) }));
