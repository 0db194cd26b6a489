import type { EpochMs } from '@roambridge/domain';
import { randomUUID, stableId } from '../ids.js';
import type { SecurityReport } from '../model/security-event.js';
import type { Plan } from '../stations/plan.js';

/** Critical by the standard, and what every boot, update and clock correction brings: nobody has to look at them. */
const ROUTINE: ReadonlySet<string> = new Set([
  'FirmwareUpdated',
  'ResetOrReboot',
  'SettingSystemTime',
  'StartupOfTheDevice',
]);

/** B-011: into the audit log, and to a person when the standard calls it critical and it is no routine. */
export function planSecurityEvent(plan: Plan, report: SecurityReport, now: EpochMs): void {
  const { stationId } = plan;
  plan.securityEvents.push({ ...report, id: randomUUID(), stationId, receivedAt: now });
  if (!report.critical || ROUTINE.has(report.type)) return;
  plan.attention.push({
    id: stableId(`security:${stationId}:${report.type}`),
    kind: 'security-event',
    subject: stationId,
    stationId,
    message: `${stationId} reports ${report.type}${report.techInfo === undefined ? '' : `: ${report.techInfo}`}`,
    createdAt: now,
  });
}
