import type { InventoryExtent, StationRequest } from '@roambridge/core';
import type { WireCall } from '../protocol.js';
import { toWireTime, type WireObject } from '../wire.js';
import { groupIdToken } from './id-token-info.js';
import { securityCall } from './security.js';
import { askedVariables, clearedProfile, setChargingProfile } from './smart-charging.js';

const REPORT_BASE = {
  full: 'FullInventory',
  configuration: 'ConfigurationInventory',
  summary: 'SummaryInventory',
} as const satisfies Record<InventoryExtent, string>;

/** What core asks, in OCPP 2.0.1; undefined where the version has no such request. */
export function toWire(request: StationRequest): WireCall | undefined {
  switch (request.kind) {
    case 'start-transaction':
      return {
        action: 'RequestStartTransaction',
        payload: {
          remoteStartId: request.remoteStartId,
          idToken: { idToken: request.idToken.idToken, type: request.idToken.type },
          ...(request.evseId === undefined ? {} : { evseId: request.evseId }),
          ...(request.groupId === undefined ? {} : { groupIdToken: groupIdToken(request.groupId) }),
        },
      };
    case 'stop-transaction':
      return { action: 'RequestStopTransaction', payload: { transactionId: request.ocppTransactionId } };
    case 'get-transaction-status':
      return { action: 'GetTransactionStatus', payload: { transactionId: request.ocppTransactionId } };
    // They are part of the device model, which is asked for as a whole.
    case 'report-meter-keys':
      return undefined;
    case 'report-inventory':
      return {
        action: 'GetBaseReport',
        payload: { requestId: request.requestId, reportBase: REPORT_BASE[request.extent] },
      };
    case 'reserve-now':
      return {
        action: 'ReserveNow',
        payload: {
          id: request.reservationId,
          expiryDateTime: toWireTime(request.expiresAt),
          idToken: { idToken: request.idToken.idToken, type: request.idToken.type },
          ...(request.evseId === undefined ? {} : { evseId: request.evseId }),
          ...(request.groupId === undefined ? {} : { groupIdToken: groupIdToken(request.groupId) }),
        },
      };
    case 'cancel-reservation':
      return { action: 'CancelReservation', payload: { reservationId: request.reservationId } };
    case 'unlock-connector':
      return {
        action: 'UnlockConnector',
        payload: { evseId: request.evseId, connectorId: request.connectorId },
      };
    case 'set-charging-profile':
      return setChargingProfile(request);
    case 'clear-charging-profile':
      return { action: 'ClearChargingProfile', payload: clearedProfile(request) };
    case 'get-composite-schedule':
      return {
        action: 'GetCompositeSchedule',
        payload: {
          evseId: request.evseId,
          duration: request.durationS,
          chargingRateUnit: request.unit,
        },
      };
    case 'cost-updated':
      return {
        action: 'CostUpdated',
        payload: { totalCost: request.totalCost, transactionId: request.ocppTransactionId },
      };
    case 'forget-customer':
      return undefined;
    case 'report-smart-charging':
      return { action: 'GetVariables', payload: askedVariables() };
    case 'use-priority-charging':
      return undefined;
    case 'trigger-status':
      return {
        action: 'TriggerMessage',
        payload: {
          requestedMessage: 'StatusNotification',
          // F06.FR.13: a status is a connector's.
          evse: { id: request.evseId, connectorId: request.connectorId },
        },
      };
    case 'renew-certificate':
    case 'set-password':
      return securityCall(request);
    case 'set-security-profile':
      return undefined;
    case 'change-availability':
      return { action: 'ChangeAvailability', payload: changedAvailability(request) };
    case 'certificate-signed':
      return {
        action: 'CertificateSigned',
        payload: {
          certificateChain: request.chain,
          ...(request.certificateType === undefined ? {} : { certificateType: request.certificateType }),
        },
      };
  }
}

/** G03, G04: an EVSE, one of its connectors, or without either the whole station. */
function changedAvailability(request: Extract<StationRequest, { kind: 'change-availability' }>): WireObject {
  const { evseId, connectorId, operative } = request;
  return {
    operationalStatus: operative ? 'Operative' : 'Inoperative',
    ...(evseId === 0 ? {} : { evse: { id: evseId, ...(connectorId === undefined ? {} : { connectorId }) } }),
  };
}

/** Actions that a CSMS may send. */
export const CALLABLE: ReadonlySet<string> = new Set([
  'CancelReservation',
  'CertificateSigned',
  'ChangeAvailability',
  'ClearCache',
  'ClearChargingProfile',
  'ClearDisplayMessage',
  'ClearVariableMonitoring',
  'CostUpdated',
  'CustomerInformation',
  'DataTransfer',
  'DeleteCertificate',
  'GetBaseReport',
  'GetChargingProfiles',
  'GetCompositeSchedule',
  'GetDisplayMessages',
  'GetInstalledCertificateIds',
  'GetLocalListVersion',
  'GetLog',
  'GetMonitoringReport',
  'GetReport',
  'GetTransactionStatus',
  'GetVariables',
  'InstallCertificate',
  'PublishFirmware',
  'RequestStartTransaction',
  'RequestStopTransaction',
  'ReserveNow',
  'Reset',
  'SendLocalList',
  'SetChargingProfile',
  'SetDisplayMessage',
  'SetMonitoringBase',
  'SetMonitoringLevel',
  'SetNetworkProfile',
  'SetVariableMonitoring',
  'SetVariables',
  'TriggerMessage',
  'UnlockConnector',
  'UnpublishFirmware',
  'UpdateFirmware',
]);
