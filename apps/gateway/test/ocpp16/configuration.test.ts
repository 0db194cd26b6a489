import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Charger, type Payload, startCharger } from '@roambridge/sim-charger';
import { eventually, pause } from '../support/eventually.js';
import type { Row } from '../support/operator-api.js';
import { startTestGateway, type TestGateway } from '../support/test-gateway.js';
import { PASSWORD } from './cases.js';

let gateway: TestGateway;

type Connected = Awaited<ReturnType<typeof connect>>;
let [read, kept, again, fixed, metered, outOfOrder, whole]: Connected[] = [];

// All at once: each is asked some seconds after it booted.
beforeAll(async () => {
  gateway = await startTestGateway({ LOCAL_LISTS: 'false' });
  await gateway.operator.put('/configuration-templates/depot', {
    HeartbeatInterval: '600',
    MeterValueSampleInterval: { min: 60, max: 300, set: '60' },
    MeterValuesSampledData: {
      includes: ['Energy.Active.Import.Register'],
      set: 'Energy.Active.Import.Register',
    },
    StopTransactionOnInvalidId: 'true',
    ConnectionTimeOut: '90',
  });
  [read, kept, again, fixed, metered, outOfOrder, whole] = await Promise.all([
    connect(
      'CFG-READ',
      {},
      {
        GetConfigurationMaxKeys: '4',
        SupportedFeatureProfiles: 'Core, Reservation',
        NumberOfConnectors: '1',
        MeterValueSampleInterval: '60',
      },
    ),
    connect(
      'CFG-SET',
      { configuration_template: 'depot', configuration: { ConnectionTimeOut: '100' } },
      {
        HeartbeatInterval: '300',
        MeterValueSampleInterval: '120',
        MeterValuesSampledData: 'SoC, Energy.Active.Import.Register',
        StopTransactionOnInvalidId: 'TRUE',
        ConnectionTimeOut: '30',
      },
    ),
    connect('CFG-AGAIN', { configuration: { HeartbeatInterval: '600' } }, { HeartbeatInterval: '300' }),
    connect(
      'CFG-FIXED',
      { configuration: { NumberOfConnectors: '2', Nothing: '1' } },
      { NumberOfConnectors: '1' },
      ['NumberOfConnectors'],
    ),
    connect(
      'CFG-METER',
      { legal_metrology: true },
      { StopTxnSampledData: '', SampledDataSignReadings: 'false' },
    ),
    connect('AV-1', {}, {}),
    connect('AV-2', {}, {}),
  ]);
});

afterAll(() => gateway?.stop());

/** A charger whose configuration is this one; it remembers what it was asked and what was set. */
async function connect(id: string, input: object, values: Record<string, string>, readonly: string[] = []) {
  await gateway.operator.put(`/stations/${id}`, { security_profile: 1, password: PASSWORD, ...input });
  const asked: string[][] = [];
  const set: [unknown, unknown][] = [];
  const charger = await gateway.connect({
    id,
    protocol: 'ocpp1.6',
    password: PASSWORD,
    outlets: [{ evseUid: id }],
  });
  charger.onCall('GetConfiguration', ({ key }) => {
    const keys = key as string[];
    asked.push(keys);
    return {
      configurationKey: keys.flatMap((name) =>
        name in values ? [{ key: name, readonly: readonly.includes(name), value: values[name] ?? '' }] : [],
      ),
      unknownKey: keys.filter((name) => !(name in values)),
    };
  });
  charger.onCall('ChangeConfiguration', ({ key, value }) => {
    set.push([key, value]);
    values[String(key)] = String(value);
    return { status: 'Accepted' };
  });
  return { charger, asked, set, values };
}

const boot = (charger: Charger, firmwareVersion: string): Promise<Payload> =>
  charger.call('BootNotification', { chargePointVendor: 'V', chargePointModel: 'M', firmwareVersion });

const configurationOf = (id: string, firmware: string): Promise<Row> =>
  eventually(`configuration of ${id}`, async () => {
    const found = await gateway.operator.get(`/stations/${id}/configuration`).catch(() => undefined);
    return found?.firmware_version === firmware ? found : undefined;
  });

describe('what a charger can do is read once per firmware (B-050)', () => {
  test('in questions of no more keys than it takes, and again with other firmware only', async () => {
    const { charger, asked } = read as Connected;
    const configuration = await configurationOf('CFG-READ', '1.4.2');
    expect(asked[0]).toEqual(['GetConfigurationMaxKeys', 'SupportedFeatureProfiles', 'NumberOfConnectors']);
    expect(Math.max(...asked.map((keys) => keys.length))).toBe(4);
    expect(configuration).toMatchObject({
      values: { MeterValueSampleInterval: { value: '60', readonly: false } },
      unknown_keys: expect.arrayContaining(['WebSocketPingInterval']),
      set: [],
    });
    await eventually('features', async () => {
      const { features } = await gateway.operator.get('/stations/CFG-READ');
      return Array.isArray(features) && features.join() === 'Core,Reservation';
    });
    const before = asked.length;
    await boot(charger, '1.4.2');
    await pause(2_300);
    expect(asked.length).toBe(before);
    await boot(charger, '1.5.0');
    await configurationOf('CFG-READ', '1.5.0');
    expect(asked.length).toBe(2 * before);
  });

  test('a station that told nothing, and one that is unknown, have no configuration to show', async () => {
    await gateway.operator.put('/stations/CFG-NONE', { security_profile: 0 });
    await expect(gateway.operator.get('/stations/CFG-NONE/configuration')).rejects.toThrow('404');
    await expect(gateway.operator.get('/stations/NOBODY/configuration')).rejects.toThrow('404');
  });
});

describe('a charger is kept at the configuration that the operator wants (B-060)', () => {
  test('only what differs is set; limits, lists and truth values are compared by what they mean', async () => {
    const configuration = await configurationOf('CFG-SET', '1.4.2');
    expect(kept?.set).toEqual([
      ['HeartbeatInterval', '600'],
      ['ConnectionTimeOut', '100'],
    ]);
    expect(configuration.set).toMatchObject([
      { key: 'HeartbeatInterval', from: '300', to: '600', answer: 'accepted' },
      { key: 'ConnectionTimeOut', from: '30', to: '100', answer: 'accepted' },
    ]);
  });

  test('a charger that was reset to its defaults is set again, with the firmware that it had', async () => {
    const { charger, set, values } = again as Connected;
    await configurationOf('CFG-AGAIN', '1.4.2');
    values.HeartbeatInterval = '300';
    await boot(charger, '1.4.2');
    await eventually('set again', () => set.length === 2);
  });

  test('what it cannot be set to is a matter for a person', async () => {
    await configurationOf('CFG-FIXED', '1.4.2');
    expect(fixed?.set).toEqual([]);
    const attention = await gateway.operator.list('/attention');
    expect(attention).toContainEqual(
      expect.objectContaining({
        kind: 'configuration-not-as-wanted',
        station_id: 'CFG-FIXED',
        message: expect.stringContaining('NumberOfConnectors=2: rejected; Nothing=1: not-supported'),
      }),
    );
  });

  test('a station with a billing meter sends readings with the stop, and signs them where it can (B-061)', async () => {
    await configurationOf('CFG-METER', '1.4.2');
    expect(metered?.set).toEqual([
      ['StopTxnSampledData', 'Energy.Active.Import.Register'],
      ['SampledDataSignReadings', 'true'],
    ]);
  });

  test('templates are listed and removed', async () => {
    await gateway.operator.put('/configuration-templates/other', { HeartbeatInterval: '60' });
    expect((await gateway.operator.get('/configuration-templates')).items).toHaveLength(2);
    await gateway.operator.call('DELETE', '/configuration-templates/other');
    await expect(gateway.operator.call('DELETE', '/configuration-templates/other')).rejects.toThrow('404');
  });
});

describe('what the operator took out of operation stays so (B-023)', () => {
  const send = (id: string, connectorId: number, type: string) =>
    gateway.operator.post(`/stations/${id}/ocpp/ChangeAvailability`, { connectorId, type });
  const told = (charger: Charger) =>
    charger.received.filter(({ action }) => action === 'ChangeAvailability').map(({ payload }) => payload);

  test('a charger that boots with a connector in operation again is told once more', async () => {
    const { charger } = outOfOrder as Connected;
    charger.onCall('ChangeAvailability', () => ({ status: 'Accepted' }));
    await send('AV-1', 1, 'Inoperative');
    await charger.status(1, 'Unavailable');
    expect((await gateway.operator.get('/stations/AV-1')).desired_availability).toEqual([
      { evse_id: 1, connector_id: 1, operative: false },
    ]);
    await charger.boot();
    await charger.status(1, 'Available');
    await eventually('asserted again', () => told(charger).length === 2);
    expect(told(charger)[1]).toEqual({ connectorId: 1, type: 'Inoperative' });
  });

  test('the whole station replaces its parts; a charger that is as wanted is left alone', async () => {
    const { charger } = whole as Connected;
    charger.onCall('ChangeAvailability', () => ({ status: 'Scheduled' }));
    await send('AV-2', 1, 'Inoperative');
    await send('AV-2', 0, 'Operative');
    expect((await gateway.operator.get('/stations/AV-2')).desired_availability).toEqual([
      { evse_id: 0, operative: true },
    ]);
    charger.onCall('ChangeAvailability', () => ({ status: 'Rejected' }));
    await send('AV-2', 1, 'Inoperative');
    expect((await gateway.operator.get('/stations/AV-2')).desired_availability).toHaveLength(1);
  });
});

describe('a charger whose boot is not accepted', () => {
  const connected = async (id: string, registration: string) => {
    await gateway.operator.put(`/stations/${id}`, { security_profile: 1, password: PASSWORD, registration });
    const charger = await startCharger({
      url: gateway.gateway.urls.ocpp.replace(/\/$/, ''),
      identity: id,
      password: PASSWORD,
      protocol: 'ocpp1.6',
    });
    return { charger, answer: await charger.boot() };
  };
  const send = async (id: string, action: string, payload: object) =>
    (await gateway.operator.post(`/stations/${id}/ocpp/${action}`, payload)).outcome;

  test('Pending: it is configured and asked, but starts and stops nothing (B-001, B-002, A-098)', async () => {
    const { charger, answer } = await connected('REG-PENDING', 'pending');
    expect(answer).toMatchObject({ status: 'Pending', interval: expect.any(Number) });
    for (const action of ['GetLog', 'InstallCertificate', 'Reset']) {
      charger.onCall(action, () => ({ status: 'Accepted' }));
    }
    const log = { remoteLocation: 'ftp://example/' };
    const allowed: [string, object][] = [
      ['GetConfiguration', {}],
      ['ChangeConfiguration', { key: 'HeartbeatInterval', value: '60' }],
      ['TriggerMessage', { requestedMessage: 'DiagnosticsStatusNotification' }],
      ['GetLog', { logType: 'DiagnosticsLog', requestId: 1, log }],
      ['InstallCertificate', { certificateType: 'CentralSystemRootCertificate', certificate: 'x' }],
      ['Reset', { type: 'Soft' }],
    ];
    for (const [action, payload] of allowed) {
      expect([action, await send('REG-PENDING', action, payload)]).toEqual([action, 'result']);
    }
    await send('REG-PENDING', 'RemoteStartTransaction', { idTag: 'A' });
    await send('REG-PENDING', 'RemoteStopTransaction', { transactionId: 1 });
    const sent = charger.received.map(({ action }) => action);
    expect(sent).toEqual(allowed.map(([action]) => action));
    await charger.close();
  });

  test('Rejected: nothing is sent to it (B-001, A-098)', async () => {
    const { charger, answer } = await connected('REG-REJECTED', 'rejected');
    expect(answer).toMatchObject({ status: 'Rejected' });
    await send('REG-REJECTED', 'GetConfiguration', {});
    expect(charger.received).toEqual([]);
    await charger.close();
  });
});
