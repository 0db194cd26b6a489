import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Payload } from '@roambridge/sim-charger';
import { notifyReport, reported, variableValue } from '../support/device-reports.js';
import { now, startWorld201, token, type World201 } from '../support/ocpp201-world.js';

let world: World201;

beforeAll(async () => {
  world = await startWorld201('CS-REPORTS');
});

afterAll(() => world?.stop());

const notify = (requestId: number, seqNo: number, tbc: boolean, data: Payload[]) =>
  notifyReport(world, requestId, seqNo, tbc, data);
const variable = (component: string, name: string) => variableValue(world, component, name);

describe('base reports and the device model', () => {
  const threshold = reported('OCPPCommCtrlr', 'OfflineThreshold', '60');

  test.each([
    ['TC_B_12', 'ConfigurationInventory', 12],
    ['TC_B_13', 'FullInventory', 13],
    ['TC_B_14', 'SummaryInventory', 14],
  ])(
    '%s %s: the parts become one report, its values the device model (C-002, C-022, C-023)',
    async (_id, reportBase, requestId) => {
      await world.send('GetBaseReport', { requestId, reportBase }, { status: 'Accepted' });
      await notify(requestId, 0, true, [threshold]);
      await notify(requestId, 1, true, [
        reported('SampledDataCtrlr', 'TxUpdatedInterval', String(requestId)),
      ]);
      await notify(requestId, 2, false, [reported('EVSE', 'Power', '22000')]);
      const report = await world.report(requestId);
      expect(report).toMatchObject({
        kind: 'inventory',
        action: 'GetBaseReport',
        state: 'complete',
        status: 'Accepted',
        parts: 3,
        missing_parts: [],
      });
      expect(report.items).toHaveLength(3);
      expect(await variable('sampleddatactrlr', 'txupdatedinterval')).toBe(String(requestId));
    },
  );

  test('TC_B_18 a custom report by criteria and by variables; one without a result is empty', async () => {
    const criteria = { requestId: 18, componentCriteria: ['Problem'] };
    await world.send('GetReport', criteria, { status: 'EmptyResultSet' });
    expect(await world.report(18)).toMatchObject({ state: 'complete', status: 'EmptyResultSet', items: [] });
    const both = {
      requestId: 118,
      componentCriteria: ['Available'],
      componentVariable: [{ component: { name: 'EVSE' }, variable: { name: 'AvailabilityState' } }],
    };
    await world.send('GetReport', both, { status: 'Accepted' });
    await notify(118, 0, false, [reported('EVSE', 'AvailabilityState', 'Available')]);
    expect(await world.report(118)).toMatchObject({ state: 'complete', parts: 1 });
  });

  test('parts in another order, and one told twice, make the same report (C-002)', async () => {
    await world.send(
      'GetBaseReport',
      { requestId: 20, reportBase: 'SummaryInventory' },
      { status: 'Accepted' },
    );
    await notify(20, 1, false, [reported('B', 'Two', '2')]);
    await notify(20, 0, true, [reported('A', 'One', '1')]);
    await notify(20, 0, true, [reported('A', 'One', '1')]);
    const { items, state } = await world.report(20);
    expect([state, (items as { component: unknown }[]).map(({ component }) => component)]).toEqual([
      'complete',
      [{ name: 'A' }, { name: 'B' }],
    ]);
  });

  test('a full inventory takes away what it does not name, other reports do not (C-023)', async () => {
    expect(await variable('A', 'One')).toBe('1');
    await world.send('GetBaseReport', { requestId: 21, reportBase: 'FullInventory' }, { status: 'Accepted' });
    await notify(21, 0, false, [threshold]);
    await world.report(21);
    expect(await variable('A', 'One')).toBeUndefined();
    expect(await variable('OCPPCommCtrlr', 'OfflineThreshold')).toBe('60');
  });

  test('a report that is refused says so, and what the charger adds to it (C-003)', async () => {
    const answer = { status: 'Rejected', statusInfo: { reasonCode: 'NotEnabled', additionalInfo: 'busy' } };
    await world.send('GetBaseReport', { requestId: 22, reportBase: 'FullInventory' }, answer);
    expect(await world.report(22)).toMatchObject({
      state: 'refused',
      status: 'Rejected',
      status_info: { reason_code: 'NotEnabled', additional_info: 'busy' },
    });
  });
});

describe('get and set variables', () => {
  const place = { component: { name: 'OCPPCommCtrlr' }, variable: { name: 'OfflineThreshold' } };
  const got = (value: string) => ({ ...place, attributeStatus: 'Accepted', attributeValue: value });

  test('TC_B_06 one value is read and kept; the type of attribute may be left out', async () => {
    const answer = { getVariableResult: [got('123')] };
    await world.send('GetVariables', { getVariableData: [place] }, answer);
    expect(await variable('OCPPCommCtrlr', 'OfflineThreshold')).toBe('123');
    const actual = { ...place, attributeType: 'Actual' };
    const again = { getVariableResult: [{ ...got('124'), attributeType: 'Actual' }] };
    await world.send('GetVariables', { getVariableData: [actual] }, again);
    expect(await variable('OCPPCommCtrlr', 'OfflineThreshold')).toBe('124');
  });

  test('TC_B_07 several values are read', async () => {
    const other = { component: { name: 'AuthCtrlr' }, variable: { name: 'AuthorizeRemoteStart' } };
    const answer = {
      getVariableResult: [got('5'), { ...other, attributeStatus: 'Accepted', attributeValue: 'true' }],
    };
    await world.send('GetVariables', { getVariableData: [place, other] }, answer);
    expect(await variable('AuthCtrlr', 'AuthorizeRemoteStart')).toBe('true');
  });

  test('TC_B_09 one value is set; what was accepted is known, what was rejected is not', async () => {
    const data = { setVariableData: [{ ...place, attributeValue: '321' }] };
    await world.send('SetVariables', data, {
      setVariableResult: [{ ...place, attributeStatus: 'Accepted' }],
    });
    expect(await variable('OCPPCommCtrlr', 'OfflineThreshold')).toBe('321');
    const refused = { setVariableData: [{ ...place, attributeValue: '-1' }] };
    await world.send('SetVariables', refused, {
      setVariableResult: [{ ...place, attributeStatus: 'Rejected' }],
    });
    expect(await variable('OCPPCommCtrlr', 'OfflineThreshold')).toBe('321');
  });

  test('TC_B_10 several values are set', async () => {
    const other = { component: { name: 'AuthCtrlr' }, variable: { name: 'AuthorizeRemoteStart' } };
    const data = {
      setVariableData: [
        { ...place, attributeValue: '99' },
        { ...other, attributeValue: 'false' },
      ],
    };
    await world.send('SetVariables', data, {
      setVariableResult: [
        { ...place, attributeStatus: 'Accepted' },
        { ...other, attributeStatus: 'RebootRequired' },
      ],
    });
    expect(await variable('OCPPCommCtrlr', 'OfflineThreshold')).toBe('99');
  });
});

describe('other reports', () => {
  const profile = (id: number): Payload => ({
    id,
    stackLevel: 0,
    chargingProfilePurpose: 'TxDefaultProfile',
    chargingProfileKind: 'Relative',
    chargingSchedule: [
      { id, chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: 16 }] },
    ],
  });
  const purpose = 'TxDefaultProfile';

  test.each<[string, string, Payload]>([
    ['TC_K_29', 'of the station', { evseId: 0, chargingProfile: { chargingProfilePurpose: purpose } }],
    ['TC_K_30', 'of one EVSE', { evseId: 1, chargingProfile: { chargingProfilePurpose: purpose } }],
    ['TC_K_31', 'of every EVSE', { chargingProfile: { chargingProfilePurpose: purpose } }],
    ['TC_K_32', 'by its id', { chargingProfile: { chargingProfileId: [7] } }],
    ['TC_K_33', 'of one EVSE by stack level', { evseId: 1, chargingProfile: { stackLevel: 0 } }],
    ['TC_K_34', 'of one EVSE by source', { evseId: 1, chargingProfile: { chargingLimitSource: ['CSO'] } }],
    [
      'TC_K_35',
      'of one EVSE by purpose',
      { evseId: 1, chargingProfile: { chargingProfilePurpose: purpose } },
    ],
    [
      'TC_K_36',
      'of one EVSE by purpose and stack level',
      { evseId: 1, chargingProfile: { chargingProfilePurpose: purpose, stackLevel: 0 } },
    ],
  ])('%s charging profiles %s are reported', async (id, _what, criteria) => {
    const requestId = 2_000 + Number(id.slice(-2));
    await world.send('GetChargingProfiles', { requestId, ...criteria }, { status: 'Accepted' });
    const part = { requestId, chargingLimitSource: 'CSO', evseId: 1 };
    await world.tell('ReportChargingProfiles', { ...part, tbc: true, chargingProfile: [profile(7)] });
    await world.tell('ReportChargingProfiles', { ...part, tbc: false, chargingProfile: [profile(8)] });
    const report = await world.report(requestId);
    expect(report).toMatchObject({ kind: 'charging-profiles', state: 'complete', parts: 2 });
    expect(report.items).toEqual([
      { evseId: 1, chargingLimitSource: 'CSO', chargingProfile: profile(7) },
      { evseId: 1, chargingLimitSource: 'CSO', chargingProfile: profile(8) },
    ]);
  });

  const message = (id: number): Payload => ({
    id,
    priority: 'NormalCycle',
    message: { format: 'UTF8', content: `Nachricht ${id}` },
  });

  test.each<[string, string, Payload]>([
    ['TC_O_02', 'all', {}],
    ['TC_O_07', 'by id', { id: [1] }],
    ['TC_O_08', 'by priority', { priority: 'NormalCycle' }],
    ['TC_O_09', 'by state', { state: 'Charging' }],
  ])('%s display messages are reported: %s', async (id, _what, criteria) => {
    const requestId = 3_000 + Number(id.slice(-2));
    await world.send('GetDisplayMessages', { requestId, ...criteria }, { status: 'Accepted' });
    await world.tell('NotifyDisplayMessages', { requestId, tbc: true, messageInfo: [message(1)] });
    await world.tell('NotifyDisplayMessages', { requestId, messageInfo: [message(2)] });
    const report = await world.report(requestId);
    expect(report).toMatchObject({ kind: 'display-messages', state: 'complete' });
    expect(report.items).toEqual([message(1), message(2)]);
  });

  test('TC_O_03 there are no display messages', async () => {
    await world.send('GetDisplayMessages', { requestId: 3_103 }, { status: 'Unknown' });
    expect(await world.report(3_103)).toMatchObject({ state: 'complete', status: 'Unknown', items: [] });
  });

  const monitored = { component: { name: 'EVSE' }, variable: { name: 'Power' } };

  test.each<[string, string, Payload]>([
    ['TC_N_01', 'by criteria', { monitoringCriteria: ['ThresholdMonitoring'] }],
    ['TC_N_02', 'of one variable', { componentVariable: [monitored] }],
    [
      'TC_N_03',
      'by criteria and variable',
      { monitoringCriteria: ['DeltaMonitoring'], componentVariable: [monitored] },
    ],
    ['TC_N_47', 'all', {}],
    [
      'TC_N_60',
      'by criteria and several variables',
      {
        monitoringCriteria: ['PeriodicMonitoring'],
        componentVariable: [
          monitored,
          { component: { name: 'Connector' }, variable: { name: 'Temperature' } },
        ],
      },
    ],
  ])('%s monitors are reported: %s', async (id, _what, criteria) => {
    const requestId = 4_000 + Number(id.slice(-2));
    await world.send('GetMonitoringReport', { requestId, ...criteria }, { status: 'Accepted' });
    const variableMonitoring = [{ id: 1, transaction: false, value: 1, type: 'UpperThreshold', severity: 5 }];
    const monitor = [{ ...monitored, variableMonitoring }];
    await world.tell('NotifyMonitoringReport', {
      requestId,
      seqNo: 0,
      tbc: false,
      generatedAt: now(),
      monitor,
    });
    expect(await world.report(requestId)).toMatchObject({
      kind: 'monitoring',
      state: 'complete',
      items: monitor,
    });
  });

  test.each<[string, string, Payload, string | undefined]>([
    ['TC_N_27', 'there is some', { report: true, clear: false, idToken: token('04AA') }, 'name=Ada'],
    ['TC_N_28', 'there is none', { report: true, clear: false, idToken: token('04AB') }, ''],
    ['TC_N_30', 'told and cleared', { report: true, clear: true, idToken: token('04AC') }, 'name=Bob'],
    ['TC_N_31', 'told as none and cleared', { report: true, clear: true, idToken: token('04AD') }, ''],
    [
      'TC_N_62',
      'told and cleared by identifier',
      { report: true, clear: true, customerIdentifier: 'C-1' },
      'x=1',
    ],
    [
      'TC_N_63',
      'told and cleared by certificate',
      {
        report: true,
        clear: true,
        customerCertificate: {
          hashAlgorithm: 'SHA256',
          issuerNameHash: 'aa',
          issuerKeyHash: 'bb',
          serialNumber: '01',
        },
      },
      'y=2',
    ],
  ])('%s information about a customer: %s', async (id, _what, request, data) => {
    const requestId = 5_000 + Number(id.slice(-2));
    await world.send('CustomerInformation', { requestId, ...request }, { status: 'Accepted' });
    await world.tell('NotifyCustomerInformation', {
      requestId,
      seqNo: 0,
      tbc: false,
      generatedAt: now(),
      data: data ?? '',
    });
    const report = await world.report(requestId);
    expect(report).toMatchObject({ kind: 'customer-information', state: 'complete' });
    expect(report.items).toEqual(data ? [{ data }] : []);
  });

  test('TC_N_29 the charger does not give information about a customer', async () => {
    const request = { requestId: 5_129, report: true, clear: false, idToken: token('04AE') };
    await world.send('CustomerInformation', request, { status: 'Rejected' });
    expect(await world.report(5_129)).toMatchObject({ state: 'refused', status: 'Rejected' });
  });

  test('TC_N_32 information that is cleared and not reported makes no report', async () => {
    const request = { requestId: 5_132, report: false, clear: true, idToken: token('04AF') };
    await world.send('CustomerInformation', request, { status: 'Accepted' });
    const { items } = await world.get('/reports?limit=20');
    expect((items as { request_id: number }[]).some(({ request_id }) => request_id === 5_132)).toBe(false);
  });
});
