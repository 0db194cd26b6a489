import type { Payload } from '@roambridge/sim-charger';

const when = '2030-01-01T00:00:00Z';
const pem = '-----BEGIN CERTIFICATE-----';
const hash = { hashAlgorithm: 'SHA256', issuerNameHash: 'a', issuerKeyHash: 'b', serialNumber: 'c' };
const profile = {
  chargingProfileId: 1,
  stackLevel: 0,
  chargingProfilePurpose: 'TxDefaultProfile',
  chargingProfileKind: 'Relative',
  chargingSchedule: { chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: 8.1 }] },
};

/** Every action of the operator with a payload, the answer of the charger, and the pointer at fault in `broken`. */
export const ACTIONS: readonly [
  action: string,
  payload: Payload,
  answer: Payload,
  broken: Payload,
  at: string,
][] = [
  ['CancelReservation', { reservationId: 1 }, { status: 'Accepted' }, {}, '/reservationId'],
  [
    'CertificateSigned',
    { certificateChain: pem },
    { status: 'Accepted' },
    { certificateChain: 1 },
    '/certificateChain',
  ],
  [
    'ChangeAvailability',
    { connectorId: 0, type: 'Operative' },
    { status: 'Scheduled' },
    { connectorId: 0, type: 'On' },
    '/type',
  ],
  [
    'ChangeConfiguration',
    { key: 'K', value: 'v' },
    { status: 'RebootRequired' },
    { key: 'K', value: 'v'.repeat(501) },
    '/value',
  ],
  ['ClearCache', {}, { status: 'Rejected' }, { all: true }, ''],
  ['ClearChargingProfile', {}, { status: 'Unknown' }, { id: 'x' }, '/id'],
  ['DataTransfer', { vendorId: 'v' }, { status: 'Accepted' }, {}, '/vendorId'],
  ['DeleteCertificate', { certificateHashData: hash }, { status: 'NotFound' }, {}, '/certificateHashData'],
  [
    'ExtendedTriggerMessage',
    { requestedMessage: 'LogStatusNotification' },
    { status: 'NotImplemented' },
    { requestedMessage: 'Log' },
    '/requestedMessage',
  ],
  [
    'GetCompositeSchedule',
    { connectorId: 1, duration: 60 },
    { status: 'Rejected' },
    { connectorId: 1 },
    '/duration',
  ],
  ['GetConfiguration', { key: ['K'] }, { unknownKey: ['K'] }, { key: 'K' }, '/key'],
  ['GetDiagnostics', { location: 'ftp://example/' }, {}, { location: 1 }, '/location'],
  [
    'GetInstalledCertificateIds',
    { certificateType: 'CentralSystemRootCertificate' },
    { status: 'NotFound' },
    { certificateType: 'V2G' },
    '/certificateType',
  ],
  ['GetLocalListVersion', {}, { listVersion: 3 }, { version: 1 }, ''],
  [
    'GetLog',
    { logType: 'SecurityLog', requestId: 1, log: { remoteLocation: 'ftp://example/' } },
    { status: 'AcceptedCanceled' },
    { logType: 'SecurityLog', requestId: 1 },
    '/log',
  ],
  [
    'InstallCertificate',
    { certificateType: 'ManufacturerRootCertificate', certificate: pem },
    { status: 'Failed' },
    { certificate: pem },
    '/certificateType',
  ],
  [
    'RemoteStartTransaction',
    { idTag: 'A', connectorId: 1 },
    { status: 'Rejected' },
    { idTag: 'A'.repeat(21) },
    '/idTag',
  ],
  [
    'RemoteStopTransaction',
    { transactionId: 1 },
    { status: 'Rejected' },
    { transactionId: '1' },
    '/transactionId',
  ],
  [
    'ReserveNow',
    { connectorId: 1, expiryDate: when, idTag: 'A', reservationId: 1 },
    { status: 'Rejected' },
    { connectorId: 1, expiryDate: 'soon', idTag: 'A', reservationId: 1 },
    '/expiryDate',
  ],
  ['Reset', { type: 'Soft' }, { status: 'Rejected' }, { type: 'Warm' }, '/type'],
  [
    'SendLocalList',
    { listVersion: 1, updateType: 'Full' },
    { status: 'VersionMismatch' },
    { listVersion: 1 },
    '/updateType',
  ],
  [
    'SetChargingProfile',
    { connectorId: 0, csChargingProfiles: profile },
    { status: 'NotSupported' },
    { connectorId: 0 },
    '/csChargingProfiles',
  ],
  [
    'SignedUpdateFirmware',
    {
      requestId: 1,
      firmware: {
        location: 'ftp://example/',
        retrieveDateTime: when,
        signingCertificate: pem,
        signature: 's',
      },
    },
    { status: 'RevokedCertificate' },
    { requestId: 1 },
    '/firmware',
  ],
  [
    'TriggerMessage',
    { requestedMessage: 'Heartbeat' },
    { status: 'NotImplemented' },
    { requestedMessage: 'SignChargePointCertificate' },
    '/requestedMessage',
  ],
  ['UnlockConnector', { connectorId: 2 }, { status: 'UnlockFailed' }, {}, '/connectorId'],
  [
    'UpdateFirmware',
    { location: 'ftp://example/', retrieveDate: when },
    {},
    { location: 'ftp://example/' },
    '/retrieveDate',
  ],
];
