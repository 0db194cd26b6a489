import type { Payload } from '@roambridge/sim-charger';
import { token } from './ocpp201-world.js';

export const ACCEPTED = { status: 'Accepted' };
const REJECTED = { status: 'Rejected' };

export const schedule = (limit = 16, start?: string): Payload => ({
  id: 1,
  chargingRateUnit: 'A',
  ...(start === undefined ? {} : { startSchedule: start }),
  chargingSchedulePeriod: [{ startPeriod: 0, limit }],
});

export const profile = (chargingProfilePurpose: string, more: Payload = {}): Payload => ({
  id: 11,
  stackLevel: 0,
  chargingProfilePurpose,
  chargingProfileKind: 'Absolute',
  chargingSchedule: [schedule(16, '2026-01-01T00:00:00.000Z')],
  ...more,
});

const hash = (serialNumber: string): Payload => ({
  hashAlgorithm: 'SHA256',
  issuerNameHash: 'aa'.repeat(32),
  issuerKeyHash: 'bb'.repeat(32),
  serialNumber,
});

const installed = (certificateType: string) => ({
  certificateHashDataChain: [{ certificateType, certificateHashData: hash('01') }],
});

const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';

const message = (more: Payload = {}): Payload => ({
  message: {
    id: 1,
    priority: 'NormalCycle',
    message: { format: 'UTF8', content: 'Guten Tag' },
    ...more,
  },
});

const entry = (uid: string) => ({ idToken: token(uid), idTokenInfo: { status: 'Accepted' } });

export const AT = '2026-12-24T12:00:00.000Z';
const UNKNOWN_TX = { status: 'UnknownTransaction' };

/** A case that is one call of the operator and the answer of the charger. */
export type CallCase = [id: string, what: string, action: string, payload: Payload, answer: Payload];

export const CALL_CASES: CallCase[] = [
  ['TC_C_37', 'the cache is cleared', 'ClearCache', {}, ACCEPTED],
  ['TC_C_38', 'the cache is not cleared', 'ClearCache', {}, REJECTED],
  [
    'TC_D_01',
    'a whole local list',
    'SendLocalList',
    { versionNumber: 1, updateType: 'Full', localAuthorizationList: [entry('04A1')] },
    ACCEPTED,
  ],
  [
    'TC_D_02',
    'a change of the local list',
    'SendLocalList',
    { versionNumber: 2, updateType: 'Differential', localAuthorizationList: [entry('04A2')] },
    ACCEPTED,
  ],
  [
    'TC_D_03',
    'an entry without information is taken off the local list',
    'SendLocalList',
    { versionNumber: 3, updateType: 'Differential', localAuthorizationList: [{ idToken: token('04A2') }] },
    ACCEPTED,
  ],
  ['TC_D_04', 'an empty local list', 'SendLocalList', { versionNumber: 4, updateType: 'Full' }, ACCEPTED],
  ['TC_D_08', 'the version of the local list', 'GetLocalListVersion', {}, { versionNumber: 4 }],
  ['TC_D_09', 'there is no local list', 'GetLocalListVersion', {}, { versionNumber: 0 }],
  [
    'TC_E_29',
    'a transaction runs, messages wait',
    'GetTransactionStatus',
    { transactionId: 'T-1' },
    { ongoingIndicator: true, messagesInQueue: true },
  ],
  [
    'TC_E_30',
    'a transaction runs, nothing waits',
    'GetTransactionStatus',
    { transactionId: 'T-1' },
    { ongoingIndicator: true, messagesInQueue: false },
  ],
  [
    'TC_E_31',
    'a transaction is over, messages wait',
    'GetTransactionStatus',
    { transactionId: 'T-1' },
    { ongoingIndicator: false, messagesInQueue: true },
  ],
  ['TC_E_33', 'messages of any transaction wait', 'GetTransactionStatus', {}, { messagesInQueue: true }],
  ['TC_E_34', 'no message waits', 'GetTransactionStatus', {}, { messagesInQueue: false }],
  [
    'TC_F_27',
    'a trigger that the charger does not have',
    'TriggerMessage',
    { requestedMessage: 'SignV2GCertificate' },
    { status: 'NotImplemented' },
  ],
  [
    'TC_K_01',
    'a default profile of one EVSE',
    'SetChargingProfile',
    { evseId: 1, chargingProfile: profile('TxDefaultProfile') },
    ACCEPTED,
  ],
  [
    'TC_K_10',
    'a default profile of every EVSE',
    'SetChargingProfile',
    { evseId: 0, chargingProfile: profile('TxDefaultProfile') },
    ACCEPTED,
  ],
  [
    'TC_K_03',
    'a profile of the station',
    'SetChargingProfile',
    { evseId: 0, chargingProfile: profile('ChargingStationMaxProfile') },
    ACCEPTED,
  ],
  [
    'TC_K_19',
    'a profile that comes again every day',
    'SetChargingProfile',
    {
      evseId: 1,
      chargingProfile: profile('TxDefaultProfile', {
        chargingProfileKind: 'Recurring',
        recurrencyKind: 'Daily',
      }),
    },
    ACCEPTED,
  ],
  [
    'TC_K_04',
    'a profile in place of the one with its id',
    'SetChargingProfile',
    { evseId: 1, chargingProfile: profile('TxDefaultProfile', { stackLevel: 1 }) },
    ACCEPTED,
  ],
  ['TC_K_05', 'a profile is cleared by its id', 'ClearChargingProfile', { chargingProfileId: 11 }, ACCEPTED],
  [
    'TC_K_06',
    'profiles are cleared by stack level and purpose',
    'ClearChargingProfile',
    { chargingProfileCriteria: { chargingProfilePurpose: 'TxDefaultProfile', stackLevel: 1 } },
    ACCEPTED,
  ],
  [
    'TC_K_08',
    'there is no profile to clear',
    'ClearChargingProfile',
    { chargingProfileId: 99 },
    { status: 'Unknown' },
  ],
  [
    'TC_K_43',
    'the schedule of one EVSE',
    'GetCompositeSchedule',
    { duration: 300, evseId: 1 },
    {
      status: 'Accepted',
      schedule: {
        evseId: 1,
        duration: 300,
        scheduleStart: AT,
        chargingRateUnit: 'A',
        chargingSchedulePeriod: [{ startPeriod: 0, limit: 16 }],
      },
    },
  ],
  [
    'TC_K_44',
    'the schedule of the station',
    'GetCompositeSchedule',
    { duration: 300, evseId: 0, chargingRateUnit: 'W' },
    {
      status: 'Accepted',
      schedule: {
        evseId: 0,
        duration: 300,
        scheduleStart: AT,
        chargingRateUnit: 'W',
        chargingSchedulePeriod: [{ startPeriod: 0, limit: 22_000 }],
      },
    },
  ],
  [
    'TC_M_01',
    'a root certificate of the CSMS is installed',
    'InstallCertificate',
    { certificateType: 'CSMSRootCertificate', certificate: PEM },
    ACCEPTED,
  ],
  [
    'TC_M_02',
    'a root certificate of the manufacturer is installed',
    'InstallCertificate',
    { certificateType: 'ManufacturerRootCertificate', certificate: PEM },
    ACCEPTED,
  ],
  [
    'TC_M_03',
    'a V2G root certificate is installed',
    'InstallCertificate',
    { certificateType: 'V2GRootCertificate', certificate: PEM },
    ACCEPTED,
  ],
  [
    'TC_M_04',
    'a root certificate of a mobility operator is installed',
    'InstallCertificate',
    { certificateType: 'MORootCertificate', certificate: PEM },
    ACCEPTED,
  ],
  [
    'TC_M_05',
    'a certificate cannot be installed',
    'InstallCertificate',
    { certificateType: 'CSMSRootCertificate', certificate: PEM },
    { status: 'Failed' },
  ],
  ...(
    [
      ['TC_M_13', 'ManufacturerRootCertificate'],
      ['TC_M_14', 'V2GRootCertificate'],
      ['TC_M_15', 'V2GCertificateChain'],
      ['TC_M_16', 'MORootCertificate'],
    ] as const
  ).map(
    ([id, type]): CallCase => [
      id,
      `installed certificates: ${type}`,
      'GetInstalledCertificateIds',
      { certificateType: [type] },
      { status: 'Accepted', ...installed(type) },
    ],
  ),
  [
    'TC_M_18',
    'all installed certificates',
    'GetInstalledCertificateIds',
    {},
    { status: 'Accepted', ...installed('CSMSRootCertificate') },
  ],
  ['TC_M_19', 'no certificate is installed', 'GetInstalledCertificateIds', {}, { status: 'NotFound' }],
  [
    'TC_M_20',
    'a certificate is deleted by its hash',
    'DeleteCertificate',
    { certificateHashData: hash('01') },
    ACCEPTED,
  ],
  [
    'TC_M_21',
    'a certificate cannot be deleted',
    'DeleteCertificate',
    { certificateHashData: hash('02') },
    { status: 'Failed' },
  ],
  ['TC_N_05', 'a base of monitoring', 'SetMonitoringBase', { monitoringBase: 'FactoryDefault' }, ACCEPTED],
  [
    'TC_N_08',
    'a monitor',
    'SetVariableMonitoring',
    {
      setMonitoringData: [
        {
          value: 40,
          type: 'UpperThreshold',
          severity: 5,
          component: { name: 'Connector' },
          variable: { name: 'Temperature' },
        },
      ],
    },
    {
      setMonitoringResult: [
        {
          id: 1,
          status: 'Accepted',
          type: 'UpperThreshold',
          severity: 5,
          component: { name: 'Connector' },
          variable: { name: 'Temperature' },
        },
      ],
    },
  ],
  [
    'TC_N_24',
    'a monitor that tells every so many seconds',
    'SetVariableMonitoring',
    {
      setMonitoringData: [
        {
          value: 60,
          type: 'Periodic',
          severity: 8,
          component: { name: 'EVSE' },
          variable: { name: 'Power' },
        },
      ],
    },
    {
      setMonitoringResult: [
        {
          id: 2,
          status: 'Accepted',
          type: 'Periodic',
          severity: 8,
          component: { name: 'EVSE' },
          variable: { name: 'Power' },
        },
      ],
    },
  ],
  ['TC_N_16', 'a level of monitoring', 'SetMonitoringLevel', { severity: 4 }, ACCEPTED],
  ['TC_N_17', 'a level of monitoring that there is not', 'SetMonitoringLevel', { severity: 10 }, REJECTED],
  [
    'TC_N_44',
    'a monitor that cannot be cleared',
    'ClearVariableMonitoring',
    { id: [1] },
    { clearMonitoringResult: [{ id: 1, status: 'Rejected' }] },
  ],
  ['TC_O_01', 'a text on the display', 'SetDisplayMessage', message(), ACCEPTED],
  ['TC_O_26', 'a text that is not shown', 'SetDisplayMessage', message(), REJECTED],
  ['TC_O_12', 'a text in place of another', 'SetDisplayMessage', message({ priority: 'InFront' }), ACCEPTED],
  ['TC_O_13', 'a text from a time on', 'SetDisplayMessage', message({ startDateTime: AT }), ACCEPTED],
  ['TC_O_14', 'a text until a time', 'SetDisplayMessage', message({ endDateTime: AT }), ACCEPTED],
  [
    'TC_O_17',
    'a priority that the display does not have',
    'SetDisplayMessage',
    message({ priority: 'AlwaysFront' }),
    { status: 'NotSupportedPriority' },
  ],
  [
    'TC_O_18',
    'a state that the display does not have',
    'SetDisplayMessage',
    message({ state: 'Faulted' }),
    { status: 'NotSupportedState' },
  ],
  [
    'TC_O_19',
    'a format that the display does not have',
    'SetDisplayMessage',
    message({ message: { format: 'HTML', content: '<b>Guten Tag</b>' } }),
    { status: 'NotSupportedMessageFormat' },
  ],
  ['TC_O_06', 'a text of a transaction', 'SetDisplayMessage', message({ transactionId: 'T-1' }), ACCEPTED],
  [
    'TC_O_10',
    'a text of an unknown transaction',
    'SetDisplayMessage',
    message({ transactionId: 'T-0' }),
    UNKNOWN_TX,
  ],
  [
    'TC_O_27',
    'a text of a transaction from a time on',
    'SetDisplayMessage',
    message({ transactionId: 'T-1', startDateTime: AT }),
    ACCEPTED,
  ],
  [
    'TC_O_28',
    'a text of a transaction until a time',
    'SetDisplayMessage',
    message({ transactionId: 'T-1', endDateTime: AT }),
    ACCEPTED,
  ],
  ['TC_O_04', 'a text is taken away', 'ClearDisplayMessage', { id: 1 }, ACCEPTED],
  ['TC_O_05', 'there is no text to take away', 'ClearDisplayMessage', { id: 9 }, { status: 'Unknown' }],
];
