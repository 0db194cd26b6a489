import type { Reading, StationRequest } from '@roambridge/core';
import type { WireCall } from '../protocol.js';
import { toWireTime } from '../wire.js';
import { parentIdTag } from './id-tag-info.js';
import { meterKeyNames } from './meter-keys.js';
import { connectorAt } from './place.js';
import { securityCall } from './security.js';
import { clearedProfile, SMART_CHARGING_KEYS, setChargingProfile } from './smart-charging.js';

/** What core asks, in OCPP 1.6; undefined where the version has no such request. */
export function toWire(request: StationRequest, reading: Reading): WireCall | undefined {
  switch (request.kind) {
    case 'start-transaction':
      return {
        action: 'RemoteStartTransaction',
        payload: {
          ...(request.evseId === undefined
            ? {}
            : { connectorId: connectorAt(reading, request.evseId, request.connectorId) }),
          idTag: request.idToken.idToken,
        },
      };
    case 'stop-transaction': {
      const transactionId = Number(request.ocppTransactionId);
      return Number.isSafeInteger(transactionId)
        ? { action: 'RemoteStopTransaction', payload: { transactionId } }
        : undefined;
    }
    case 'reserve-now':
      return {
        action: 'ReserveNow',
        payload: {
          // 0 = any connector.
          connectorId: request.evseId === undefined ? 0 : connectorAt(reading, request.evseId, undefined),
          expiryDate: toWireTime(request.expiresAt),
          idTag: request.idToken.idToken,
          ...(request.groupId === undefined ? {} : { parentIdTag: parentIdTag(request.groupId) }),
          reservationId: request.reservationId,
        },
      };
    case 'cancel-reservation':
      return { action: 'CancelReservation', payload: { reservationId: request.reservationId } };
    case 'unlock-connector':
      return {
        action: 'UnlockConnector',
        payload: { connectorId: connectorAt(reading, request.evseId, request.connectorId) },
      };
    case 'set-charging-profile':
      return setChargingProfile(request);
    case 'clear-charging-profile':
      return { action: 'ClearChargingProfile', payload: clearedProfile(request) };
    case 'get-composite-schedule':
      return {
        action: 'GetCompositeSchedule',
        payload: {
          connectorId: request.evseId,
          duration: request.durationS,
          chargingRateUnit: request.unit,
        },
      };
    case 'report-smart-charging':
      return { action: 'GetConfiguration', payload: { key: Object.values(SMART_CHARGING_KEYS) } };
    case 'report-meter-keys':
      return { action: 'GetConfiguration', payload: { key: meterKeyNames(request.connectorIds) } };
    case 'use-priority-charging':
      return undefined;
    case 'trigger-status':
      return {
        action: 'TriggerMessage',
        payload: {
          requestedMessage: 'StatusNotification',
          connectorId: connectorAt(reading, request.evseId, request.connectorId),
        },
      };
    case 'renew-certificate':
    case 'set-password':
    case 'set-security-profile':
      return securityCall(request);
    case 'change-availability':
      return {
        action: 'ChangeAvailability',
        payload: {
          connectorId: connectorAt(reading, request.evseId, request.connectorId),
          type: request.operative ? 'Operative' : 'Inoperative',
        },
      };
    case 'certificate-signed':
      return { action: 'CertificateSigned', payload: { certificateChain: request.chain } };
    case 'cost-updated':
    case 'forget-customer':
    case 'get-transaction-status':
    case 'report-inventory':
      return undefined;
  }
}

/** Actions that a central system may send, the security extension included (B-020..B-042). */
export const CALLABLE: ReadonlySet<string> = new Set([
  'CancelReservation',
  'ChangeAvailability',
  'ChangeConfiguration',
  'ClearCache',
  'ClearChargingProfile',
  'DataTransfer',
  'GetCompositeSchedule',
  'GetConfiguration',
  'GetDiagnostics',
  'GetLocalListVersion',
  'RemoteStartTransaction',
  'RemoteStopTransaction',
  'ReserveNow',
  'Reset',
  'SendLocalList',
  'SetChargingProfile',
  'TriggerMessage',
  'UnlockConnector',
  'UpdateFirmware',
  'CertificateSigned',
  'DeleteCertificate',
  'ExtendedTriggerMessage',
  'GetInstalledCertificateIds',
  'GetLog',
  'InstallCertificate',
  'SignedUpdateFirmware',
]);
