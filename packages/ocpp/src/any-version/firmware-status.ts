import { FIRMWARE_STATES } from './job-status.js';
import { reportStep } from './report-step.js';

/** Words of the versions for a station that cannot charge because of its firmware (D1-053). */
const INSTALLING: ReadonlySet<string> = new Set(['Installing', 'InstallRebooting']);

/** FirmwareStatusNotification and its signed kind: a step of the job, and seen in the status while it installs. */
export const firmwareStatus = reportStep((status) => ({
  kind: 'firmware',
  state: FIRMWARE_STATES.get(status),
  installing: INSTALLING.has(status),
}));
