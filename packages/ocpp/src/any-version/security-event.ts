import { always, type Route } from '../routing.js';
import { readText, readTime } from '../validation/read.js';

/** Types that the security whitepaper and OCPP 2.0.1 appendix 1 call critical. */
const CRITICAL: ReadonlySet<string> = new Set([
  'FirmwareUpdated',
  'MaintenanceLoginAccepted',
  'MaintenanceLoginFailed',
  'MemoryExhaustion',
  'ResetOrReboot',
  'SecurityLogWasCleared',
  'SettingSystemTime',
  'StartupOfTheDevice',
  'TamperDetectionActivated',
]);

/** SecurityEventNotification: into the audit log (B-011). */
export const securityEvent: Route = {
  messageClass: 'plain',
  repeatable: true,
  answersEmpty: always,
  async answer(payload, call) {
    const type = readText(payload, 'type', call);
    const techInfo = readText(payload, 'techInfo', call);
    if (type === undefined) await call.edge.journal(call.frame);
    else {
      await call.edge.reportSecurityEvent(
        call.stationId,
        {
          type,
          critical: CRITICAL.has(type),
          at: readTime(payload, 'timestamp', call),
          ...(techInfo === undefined ? {} : { techInfo }),
        },
        call.frame,
      );
    }
    return {};
  },
};
