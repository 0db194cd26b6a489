import { dataTransfer } from '../any-version/data-transfer.js';
import { firmwareStatus } from '../any-version/firmware-status.js';
import { heartbeat } from '../any-version/heartbeat.js';
import { jobOf } from '../any-version/job-request.js';
import { logStatus } from '../any-version/log-status.js';
import { securityEvent } from '../any-version/security-event.js';
import { signCertificate } from '../any-version/sign-certificate.js';
import type { Protocol } from '../protocol.js';
import { acknowledged, type Route } from '../routing.js';
import { openSchemaLibrary } from '../validation/schema-library.js';
import { authorize } from './authorize.js';
import { bootNotification, readBoot } from './boot-notification.js';
import { chargingLimit } from './charging-limit.js';
import { CALLABLE, toWire } from './commands.js';
import { get15118EvCertificate, getCertificateStatus } from './contract-certificates.js';
import { localList201 } from './local-list.js';
import { meterValues } from './meter-values.js';
import { notifyEvChargingNeeds } from './notify-ev-charging-needs.js';
import { notifyEvChargingSchedule } from './notify-ev-charging-schedule.js';
import { notifyEvent } from './notify-event.js';
import { checkOwnCall } from './own-call-rules.js';
import { fromOwnCall } from './own-calls.js';
import {
  notifyCustomerInformation,
  notifyDisplayMessages,
  notifyMonitoringReport,
  notifyReport,
  reportAsked,
  reportChargingProfiles,
} from './report-part.js';
import { reservationStatusUpdate } from './reservation-status-update.js';
import { readAnswer } from './smart-charging.js';
import { splitCall } from './split-call.js';
import { statusNotification } from './status-notification.js';
import { transactionEvent } from './transaction-event.js';
import { triggeredBy } from './triggered.js';
import { readVariables } from './variable-answers.js';

const ROUTES: ReadonlyMap<string, Route> = new Map([
  ['Authorize', authorize],
  ['BootNotification', bootNotification],
  ['ClearedChargingLimit', chargingLimit],
  ['DataTransfer', dataTransfer],
  ['FirmwareStatusNotification', firmwareStatus],
  ['Get15118EVCertificate', get15118EvCertificate],
  ['GetCertificateStatus', getCertificateStatus],
  ['Heartbeat', heartbeat],
  ['LogStatusNotification', logStatus],
  ['MeterValues', meterValues],
  ['NotifyChargingLimit', chargingLimit],
  ['NotifyCustomerInformation', notifyCustomerInformation],
  ['NotifyDisplayMessages', notifyDisplayMessages],
  ['NotifyEVChargingNeeds', notifyEvChargingNeeds],
  ['NotifyEVChargingSchedule', notifyEvChargingSchedule],
  ['NotifyEvent', notifyEvent],
  ['NotifyMonitoringReport', notifyMonitoringReport],
  ['NotifyReport', notifyReport],
  ['PublishFirmwareStatusNotification', acknowledged],
  ['ReportChargingProfiles', reportChargingProfiles],
  ['ReservationStatusUpdate', reservationStatusUpdate],
  ['SecurityEventNotification', securityEvent],
  ['SignCertificate', signCertificate],
  ['StatusNotification', statusNotification],
  ['TransactionEvent', transactionEvent],
]);

// B02.FR.09: what GetBaseReport and GetReport bring forth.
const REPORTS: ReadonlySet<string> = new Set(['NotifyReport', 'NotifyMonitoringReport']);

/** OCPP 2.0.1. */
export const v201: Protocol = {
  name: 'ocpp2.0.1',
  traits: {
    idTokenMaxLength: 36,
    typedTokens: true,
    csmsGivesTransactionIds: false,
    remoteStartNeedsConnector: false,
    sequenceNumbers: true,
    reservationUpdates: true,
    resumesTransactions: false,
    priorityCharging: false,
  },
  hexKeys: false,
  routes: ROUTES,
  lastMessageType: 4,
  sends: new Map(),
  schemas: openSchemaLibrary('v201', 'Request'),
  callable: CALLABLE,
  triggeredBy,
  checkOwnCall,
  split: splitCall,
  reportAsked,
  readVariables,
  localList: localList201,
  toWire,
  readAnswer,
  readBoot,
  fromOwnCall,
  jobOf,
  // B01.FR.10, B02.FR.09, B03.FR.07
  allowsBeforeAcceptance: (action, boot) =>
    action === 'BootNotification' || (boot === 'Pending' && REPORTS.has(action)),
  answersGarbage: true,
  answersUnknownTypes: true,
  compression: true,
};
