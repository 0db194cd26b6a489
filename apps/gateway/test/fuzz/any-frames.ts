import fc from 'fast-check';
import { billingMessages, type Version } from './billing-messages.js';
import { mutated, mutation } from './mutate.js';

/** Something that a station writes to its socket: a message of text, or bytes. */
export type Frame = string | Uint8Array;

/** Messages that are no billing messages, as they should be. */
const PLAIN: Record<Version, readonly [action: string, payload: object][]> = {
  'ocpp1.6': [
    ['Authorize', { idTag: '04A1B2C3D4E5F6' }],
    ['BootNotification', { chargePointVendor: 'V', chargePointModel: 'M', firmwareVersion: '1' }],
    ['DataTransfer', { vendorId: 'V', messageId: 'M', data: '{"a":1}' }],
    ['DiagnosticsStatusNotification', { status: 'Uploaded' }],
    ['FirmwareStatusNotification', { status: 'Installed' }],
    ['Heartbeat', {}],
    ['LogStatusNotification', { status: 'Uploaded', requestId: 1 }],
    ['SecurityEventNotification', { type: 'FirmwareUpdated', timestamp: '2026-03-01T10:00:00Z' }],
    ['SignedFirmwareStatusNotification', { status: 'Installed', requestId: 1 }],
    ['SignCertificate', { csr: '-----BEGIN CERTIFICATE REQUEST-----' }],
    ['StatusNotification', { connectorId: 1, errorCode: 'NoError', status: 'Available' }],
  ],
  'ocpp2.0.1': [
    ['Authorize', { idToken: { idToken: '04A1B2C3D4E5F6', type: 'ISO14443' } }],
    ['BootNotification', { reason: 'PowerUp', chargingStation: { vendorName: 'V', model: 'M' } }],
    ['ClearedChargingLimit', { chargingLimitSource: 'EMS', evseId: 1 }],
    ['DataTransfer', { vendorId: 'V', messageId: 'M', data: { a: 1 } }],
    ['FirmwareStatusNotification', { status: 'Installed', requestId: 1 }],
    ['Get15118EVCertificate', { iso15118SchemaVersion: 'urn', action: 'Install', exiRequest: 'AAAA' }],
    [
      'GetCertificateStatus',
      {
        ocspRequestData: {
          hashAlgorithm: 'SHA256',
          issuerNameHash: 'aa',
          issuerKeyHash: 'bb',
          serialNumber: '01',
          responderURL: 'http://127.0.0.1:1/ocsp',
        },
      },
    ],
    ['Heartbeat', {}],
    ['LogStatusNotification', { status: 'Uploaded', requestId: 1 }],
    ['NotifyChargingLimit', { evseId: 1, chargingLimit: { chargingLimitSource: 'EMS' } }],
    ['NotifyEVChargingNeeds', { evseId: 1, chargingNeeds: { requestedEnergyTransfer: 'DC' } }],
    [
      'NotifyEvent',
      {
        generatedAt: '2026-03-01T10:00:00Z',
        seqNo: 0,
        eventData: [
          {
            eventId: 1,
            timestamp: '2026-03-01T10:00:00Z',
            trigger: 'Delta',
            actualValue: 'Available',
            eventNotificationType: 'HardWiredNotification',
            component: { name: 'Connector', evse: { id: 1, connectorId: 1 } },
            variable: { name: 'AvailabilityState' },
          },
        ],
      },
    ],
    [
      'NotifyReport',
      {
        requestId: 1,
        generatedAt: '2026-03-01T10:00:00Z',
        seqNo: 0,
        reportData: [
          {
            component: { name: 'OCPPCommCtrlr' },
            variable: { name: 'OfflineThreshold' },
            variableAttribute: [{ value: '60' }],
          },
        ],
      },
    ],
    ['ReservationStatusUpdate', { reservationId: 1, reservationUpdateStatus: 'Expired' }],
    ['SecurityEventNotification', { type: 'FirmwareUpdated', timestamp: '2026-03-01T10:00:00Z' }],
    ['SignCertificate', { csr: '-----BEGIN CERTIFICATE REQUEST-----' }],
    [
      'StatusNotification',
      { timestamp: '2026-03-01T10:00:00Z', connectorStatus: 'Available', evseId: 1, connectorId: 1 },
    ],
  ],
};

const messageId = fc.oneof(
  { weight: 5, arbitrary: fc.uuid() },
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom<unknown>('', '-1', 'x'.repeat(255), 'x'.repeat(256), 0, -1, 1.5, 1e21, null, {}, [], true),
);

/** Calls of one version with things wrong in payload, action and frame. */
function calls(version: Version, from: number): fc.Arbitrary<unknown[]> {
  const plain = fc
    .record({ base: fc.constantFrom(...PLAIN[version]), mutations: fc.array(mutation, { maxLength: 3 }) })
    .map(({ base: [action, payload], mutations }) => ({ action, payload: mutated(payload, mutations) }));
  const call = fc.oneof({ weight: 2, arbitrary: plain }, billingMessages(version, from));
  return fc
    .record({ id: messageId, call, mutations: fc.array(mutation, { maxLength: 1 }) })
    .map(({ id, call: { action, payload }, mutations }) => {
      const changed = mutated([2, id, action, payload], mutations);
      return Array.isArray(changed) ? changed : [changed];
    });
}

const answers = fc
  .record({
    type: fc.constantFrom(3, 4, 5, 6, 7, '2', 2.5),
    id: messageId,
    rest: fc.array(fc.jsonValue(), { maxLength: 3 }),
  })
  .map(({ type, id, rest }) => [type, id, ...rest]);

/** Text of a message that is damaged on its way. */
const damaged = (text: fc.Arbitrary<string>) =>
  fc
    .record({
      text,
      at: fc.nat({ max: 500 }),
      how: fc.constantFrom('cut', 'drop', 'put', 'twice', 'nul'),
      put: fc.string({ unit: 'binary', maxLength: 3 }),
    })
    .map(({ text: whole, at, how, put }) => {
      const place = at % (whole.length + 1);
      switch (how) {
        case 'cut':
          return whole.slice(0, place);
        case 'drop':
          return whole.slice(0, place) + whole.slice(place + 1);
        case 'twice':
          return whole + whole;
        case 'nul':
          return `\ufeff${whole}\u0000\r\n`;
        default:
          return whole.slice(0, place) + put + whole.slice(place);
      }
    });

const NESTING = 20_000;
const deep = fc.constantFrom(
  '['.repeat(NESTING),
  `[2,"deep","DataTransfer",{"vendorId":"V","data":${'['.repeat(5_000)}${']'.repeat(5_000)}}]`,
  `[2,"deep","StatusNotification",${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}]`,
  `[2,"keys","Heartbeat",{${Array.from({ length: 2_000 }, (_, n) => `"k${n % 7}":${n}`).join(',')}}]`,
  `[2,"wide","MeterValues",{"connectorId":1,"evseId":1,"meterValue":[${Array.from({ length: 1_000 }, () => '{"sampledValue":[{}]}').join(',')}]}]`,
);

/** Everything that a broken or hostile station may write, for one version. */
export function anyFrames(version: Version, from: number): fc.Arbitrary<Frame> {
  const call = calls(version, from).map((frame) => JSON.stringify(frame));
  return fc.oneof(
    { weight: 50, arbitrary: call },
    { weight: 15, arbitrary: damaged(call) },
    { weight: 10, arbitrary: answers.map((frame) => JSON.stringify(frame)) },
    { weight: 8, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
    { weight: 5, arbitrary: fc.json({ maxDepth: 4 }) },
    // Binary messages are read as text.
    { weight: 3, arbitrary: call.map((text) => Buffer.from(text)) },
    { weight: 1, arbitrary: deep },
  );
}
