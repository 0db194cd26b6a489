import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Payload } from '@roambridge/sim-charger';
import { eventually } from '../support/eventually.js';
import { ACCEPTED } from '../support/ocpp201-call-cases.js';
import { now, startWorld201, type World201 } from '../support/ocpp201-world.js';

let world: World201;

beforeAll(async () => {
  world = await startWorld201('CS-EVENTS');
});

afterAll(() => world?.stop());

describe('triggers bring their message', () => {
  const sample = { timestamp: now(), sampledValue: [{ value: 1 }] };
  test.each<[string, Payload, string, Payload]>([
    [
      'TC_F_11',
      { requestedMessage: 'MeterValues', evse: { id: 1 } },
      'MeterValues',
      { evseId: 1, meterValue: [sample] },
    ],
    ['TC_F_12', { requestedMessage: 'MeterValues' }, 'MeterValues', { evseId: 0, meterValue: [sample] }],
    ['TC_F_15', { requestedMessage: 'LogStatusNotification' }, 'LogStatusNotification', { status: 'Idle' }],
    [
      'TC_F_18',
      { requestedMessage: 'FirmwareStatusNotification' },
      'FirmwareStatusNotification',
      { status: 'Idle' },
    ],
  ])('%s %j', async (_id, trigger, action, payload) => {
    await world.send('TriggerMessage', trigger, ACCEPTED);
    await world.tell(action, payload);
    const { items } = await world.get(`/frames?action=${action}&limit=5`);
    expect(
      (items as Payload[]).some(({ direction, verdict }) => direction === 'in' && verdict === 'ok'),
    ).toBe(true);
  });

  test('TC_F_20 a heartbeat is answered with the time', async () => {
    await world.send('TriggerMessage', { requestedMessage: 'Heartbeat' }, ACCEPTED);
    const { currentTime } = await world.charger.call('Heartbeat', {});
    expect(Math.abs(Date.parse(String(currentTime)) - Date.now())).toBeLessThan(60_000);
  });

  test.each([
    ['TC_F_23', 'Available', 'AVAILABLE'],
    ['TC_F_24', 'Occupied', 'BLOCKED'],
  ])('%s the status of a connector: %s', async (_id, connectorStatus) => {
    const trigger = { requestedMessage: 'StatusNotification', evse: { id: 1, connectorId: 1 } };
    await world.send('TriggerMessage', trigger, ACCEPTED);
    await world.tell('StatusNotification', { timestamp: now(), connectorStatus, evseId: 1, connectorId: 1 });
    const { evses } = await world.get('');
    const [evse] = evses as { connectors: Payload[] }[];
    expect(evse?.connectors).toMatchObject([{ connector_id: 1, raw_status: connectorStatus }]);
    await world.charger.status(1, 'Available');
  });
});

describe('availability', () => {
  test.each<[string, string, Payload, string]>([
    ['TC_G_03', 'EVSE', { operationalStatus: 'Inoperative', evse: { id: 1 } }, 'Unavailable'],
    ['TC_G_04', 'EVSE', { operationalStatus: 'Operative', evse: { id: 1 } }, 'Available'],
    ['TC_G_05', 'station', { operationalStatus: 'Inoperative' }, 'Unavailable'],
    ['TC_G_06', 'station', { operationalStatus: 'Operative' }, 'Available'],
    [
      'TC_G_07',
      'connector',
      { operationalStatus: 'Inoperative', evse: { id: 1, connectorId: 1 } },
      'Unavailable',
    ],
    [
      'TC_G_08',
      'connector',
      { operationalStatus: 'Operative', evse: { id: 1, connectorId: 1 } },
      'Available',
    ],
  ])(
    '%s of a %s: %j, and the status that follows is published (C-071)',
    async (_id, _what, payload, status) => {
      await world.send('ChangeAvailability', payload, ACCEPTED);
      await world.charger.status(1, status);
      await eventually('published status', async () => {
        const { evses } = await world.get('');
        return (evses as Payload[])[0]?.status === (status === 'Available' ? 'AVAILABLE' : 'INOPERATIVE');
      });
    },
  );

  test.each<[string, Payload]>([
    ['TC_G_11', { operationalStatus: 'Inoperative', evse: { id: 1 } }],
    ['TC_G_14', { operationalStatus: 'Inoperative' }],
    ['TC_G_17', { operationalStatus: 'Inoperative', evse: { id: 1, connectorId: 1 } }],
  ])('%s during a transaction it waits for its end: %j', async (id, payload) => {
    const transactionInfo = { transactionId: id };
    const event = { timestamp: now(), transactionInfo };
    await world.tell('TransactionEvent', {
      ...event,
      eventType: 'Started',
      triggerReason: 'CablePluggedIn',
      seqNo: 0,
      evse: { id: 1, connectorId: 1 },
    });
    await world.send('ChangeAvailability', payload, { status: 'Scheduled' });
    await world.tell('TransactionEvent', {
      ...event,
      eventType: 'Ended',
      triggerReason: 'EVDeparted',
      seqNo: 1,
    });
    await world.charger.status(1, 'Unavailable');
    const { evses, open_transactions } = await world.get('');
    expect([(evses as Payload[])[0]?.status, open_transactions]).toEqual(['INOPERATIVE', []]);
    await world.charger.status(1, 'Available');
  });

  test('TC_G_20 a lock that does not hold is told as an event (C-072)', async () => {
    await world.tell('NotifyEvent', {
      generatedAt: now(),
      seqNo: 0,
      tbc: false,
      eventData: [
        {
          eventId: 1,
          timestamp: now(),
          trigger: 'Alerting',
          actualValue: 'true',
          eventNotificationType: 'HardWiredNotification',
          component: { name: 'ConnectorPlugRetentionLock', evse: { id: 1, connectorId: 1 } },
          variable: { name: 'Problem' },
        },
      ],
    });
  });
});

describe('events of monitors', () => {
  test.each<[string, string, Payload]>([
    ['TC_N_21', 'a monitor of the maker', { eventNotificationType: 'HardWiredMonitor', trigger: 'Alerting' }],
    [
      'TC_N_49',
      'a threshold is kept again after a reboot',
      { eventNotificationType: 'CustomMonitor', trigger: 'Alerting', cleared: true },
    ],
    ['TC_N_50', 'every so many seconds', { eventNotificationType: 'CustomMonitor', trigger: 'Periodic' }],
  ])('%s %s', async (_id, _what, event) => {
    await world.tell('NotifyEvent', {
      generatedAt: now(),
      seqNo: 0,
      eventData: [
        {
          eventId: 1,
          timestamp: now(),
          actualValue: '41',
          variableMonitoringId: 1,
          component: { name: 'Connector', evse: { id: 1, connectorId: 1 } },
          variable: { name: 'Temperature' },
          ...event,
        },
      ],
    });
  });
});

describe('other messages of the charger', () => {
  test('TC_P_02 data of a vendor that is not known', () =>
    world
      .tell('DataTransfer', { vendorId: 'com.example', messageId: 'Ping' }, { status: 'UnknownVendorId' })
      .then(() => undefined));

  test('TC_P_03 data of a customer is accepted everywhere and kept in the journal (C-004)', async () => {
    const customData = { vendorId: 'com.example', anything: { goes: [1] } };
    await world.tell('StatusNotification', {
      timestamp: now(),
      connectorStatus: 'Available',
      evseId: 1,
      connectorId: 1,
      customData,
    });
    const { items } = await world.get('/frames?action=StatusNotification&limit=2');
    const frame = (items as { direction: string; raw: string; verdict: string }[]).find(
      ({ direction }) => direction === 'in',
    );
    expect(frame?.verdict).toBe('ok');
    expect(frame?.raw).toContain('anything');
  });
});
