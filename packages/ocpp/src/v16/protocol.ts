import { dataTransfer } from '../any-version/data-transfer.js';
import { firmwareStatus } from '../any-version/firmware-status.js';
import { heartbeat } from '../any-version/heartbeat.js';
import { jobOf } from '../any-version/job-request.js';
import { logStatus } from '../any-version/log-status.js';
import { securityEvent } from '../any-version/security-event.js';
import { signCertificate } from '../any-version/sign-certificate.js';
import type { Protocol } from '../protocol.js';
import type { Route } from '../routing.js';
import { openSchemaLibrary } from '../validation/schema-library.js';
import { authorize } from './authorize.js';
import { bootNotification, readBoot } from './boot-notification.js';
import { CALLABLE, toWire } from './commands.js';
import { configuration16 } from './configuration.js';
import { localList16 } from './local-list.js';
import { readMeterKeys } from './meter-keys.js';
import { meterValues } from './meter-values.js';
import { fromOwnCall } from './own-calls.js';
import { readAnswer } from './smart-charging.js';
import { startTransaction } from './start-transaction.js';
import { statusNotification } from './status-notification.js';
import { stopTransaction } from './stop-transaction.js';

const ROUTES: ReadonlyMap<string, Route> = new Map([
  ['Authorize', authorize],
  ['BootNotification', bootNotification],
  ['DataTransfer', dataTransfer],
  ['DiagnosticsStatusNotification', logStatus],
  ['FirmwareStatusNotification', firmwareStatus],
  ['Heartbeat', heartbeat],
  ['LogStatusNotification', logStatus],
  ['MeterValues', meterValues],
  ['SecurityEventNotification', securityEvent],
  ['SignCertificate', signCertificate],
  ['SignedFirmwareStatusNotification', firmwareStatus],
  ['StartTransaction', startTransaction],
  ['StatusNotification', statusNotification],
  ['StopTransaction', stopTransaction],
]);

const TRANSACTION_MESSAGES: ReadonlySet<string> = new Set([
  'MeterValues',
  'StartTransaction',
  'StopTransaction',
]);

/** OCPP 1.6J. */
export const v16: Protocol = {
  name: 'ocpp1.6',
  traits: {
    idTokenMaxLength: 20,
    typedTokens: false,
    csmsGivesTransactionIds: true,
    remoteStartNeedsConnector: true,
    sequenceNumbers: false,
    reservationUpdates: false,
    resumesTransactions: false,
    priorityCharging: false,
  },
  hexKeys: true,
  routes: ROUTES,
  lastMessageType: 4,
  sends: new Map(),
  schemas: openSchemaLibrary('v16', ''),
  callable: CALLABLE,
  localList: localList16,
  configuration: configuration16,
  toWire,
  readAnswer,
  readBoot,
  fromOwnCall,
  readVariables: readMeterKeys,
  jobOf,
  // A-097, strict_boot=false: a charger may not boot after we lost its state, and its billing data counts.
  allowsBeforeAcceptance: (action, boot) =>
    boot !== 'Rejected' || action === 'BootNotification' || TRANSACTION_MESSAGES.has(action),
  answersGarbage: false,
  answersUnknownTypes: false,
  compression: false,
};
