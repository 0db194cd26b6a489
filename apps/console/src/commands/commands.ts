/** An action that a CSMS sends, and a payload to start from. */
export interface Command {
  action: string;
  example: Record<string, unknown>;
}

const token = { idToken: 'TEST-TOKEN', type: 'Local' };

const OCPP_16: readonly Command[] = [
  { action: 'TriggerMessage', example: { requestedMessage: 'StatusNotification', connectorId: 1 } },
  { action: 'Reset', example: { type: 'Soft' } },
  { action: 'UnlockConnector', example: { connectorId: 1 } },
  { action: 'ChangeAvailability', example: { connectorId: 1, type: 'Operative' } },
  { action: 'RemoteStartTransaction', example: { connectorId: 1, idTag: 'TEST-TOKEN' } },
  { action: 'RemoteStopTransaction', example: { transactionId: 1 } },
  { action: 'GetConfiguration', example: {} },
  { action: 'ChangeConfiguration', example: { key: 'MeterValueSampleInterval', value: '60' } },
  { action: 'ClearCache', example: {} },
  { action: 'GetDiagnostics', example: { location: 'https://example.com/upload' } },
  {
    action: 'UpdateFirmware',
    example: { location: 'https://example.com/firmware.bin', retrieveDate: '2030-01-01T00:00:00Z' },
  },
  { action: 'GetLocalListVersion', example: {} },
  { action: 'GetCompositeSchedule', example: { connectorId: 1, duration: 600 } },
  { action: 'ClearChargingProfile', example: {} },
  {
    action: 'ReserveNow',
    example: { connectorId: 1, expiryDate: '2030-01-01T00:00:00Z', idTag: 'TEST-TOKEN', reservationId: 1 },
  },
  { action: 'CancelReservation', example: { reservationId: 1 } },
  { action: 'DataTransfer', example: { vendorId: 'example' } },
];

const OCPP_2: readonly Command[] = [
  {
    action: 'TriggerMessage',
    example: { requestedMessage: 'StatusNotification', evse: { id: 1, connectorId: 1 } },
  },
  { action: 'Reset', example: { type: 'OnIdle' } },
  { action: 'UnlockConnector', example: { evseId: 1, connectorId: 1 } },
  { action: 'ChangeAvailability', example: { operationalStatus: 'Operative', evse: { id: 1 } } },
  { action: 'RequestStartTransaction', example: { evseId: 1, remoteStartId: 1, idToken: token } },
  { action: 'RequestStopTransaction', example: { transactionId: '' } },
  { action: 'GetBaseReport', example: { requestId: 1, reportBase: 'FullInventory' } },
  {
    action: 'GetVariables',
    example: {
      getVariableData: [{ component: { name: 'OCPPCommCtrlr' }, variable: { name: 'HeartbeatInterval' } }],
    },
  },
  {
    action: 'SetVariables',
    example: {
      setVariableData: [
        {
          component: { name: 'OCPPCommCtrlr' },
          variable: { name: 'HeartbeatInterval' },
          attributeValue: '300',
        },
      ],
    },
  },
  { action: 'ClearCache', example: {} },
  {
    action: 'GetLog',
    example: {
      requestId: 1,
      logType: 'DiagnosticsLog',
      log: { remoteLocation: 'https://example.com/upload' },
    },
  },
  {
    action: 'UpdateFirmware',
    example: {
      requestId: 1,
      firmware: { location: 'https://example.com/firmware.bin', retrieveDateTime: '2030-01-01T00:00:00Z' },
    },
  },
  { action: 'GetTransactionStatus', example: {} },
  { action: 'GetLocalListVersion', example: {} },
  { action: 'GetCompositeSchedule', example: { evseId: 1, duration: 600 } },
  { action: 'ClearChargingProfile', example: { chargingProfileCriteria: {} } },
  {
    action: 'ReserveNow',
    example: { id: 1, expiryDateTime: '2030-01-01T00:00:00Z', idToken: token, evseId: 1 },
  },
  { action: 'CancelReservation', example: { reservationId: 1 } },
  { action: 'GetInstalledCertificateIds', example: {} },
  { action: 'DataTransfer', example: { vendorId: 'example' } },
];

/** The actions for a station of this protocol. */
export function commandsOf(protocol: string | undefined): readonly Command[] {
  return isOcpp16(protocol) ? OCPP_16 : OCPP_2;
}

export function isOcpp16(protocol: string | undefined): boolean {
  return protocol === 'ocpp1.6';
}
