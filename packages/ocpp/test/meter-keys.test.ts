import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { RawCharger, startGateway, type TestGateway, until } from './support/gateway.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.ocpp.close());

test('public keys of meters are configuration keys of OCPP 1.6, whoever asks for them (D3-023)', async () => {
  const cp = await new RawCharger(`${gateway.url}/CP1`, ['ocpp1.6']).open();
  await until(() => gateway.edge.connections.length > 0);
  const { link } = gateway.ocpp;
  const key = (evseId: number | undefined, value: string) => ({
    component: { name: 'FiscalMetering', ...(evseId === undefined ? {} : { evseId }) },
    variable: { name: 'PublicKey' },
    attributes: [{ type: 'Actual', value, at: expect.any(Number) }],
  });

  const asked = link.call('CP1', { kind: 'report-meter-keys', connectorIds: [1, 2] });
  const [, first, action, payload] = await cp.next();
  expect([action, payload]).toEqual(['GetConfiguration', { key: ['MeterPublicKey1', 'MeterPublicKey2'] }]);
  cp.send([
    3,
    first,
    {
      configurationKey: [{ key: 'MeterPublicKey1', readonly: true, value: '3056A0' }],
      unknownKey: ['MeterPublicKey2'],
    },
  ]);
  expect(await asked).toMatchObject({ kind: 'result', variables: [key(1, '3056A0')] });

  const whole = link.callRaw('CP1', 'GetConfiguration', {});
  const [, second] = await cp.next();
  cp.send([
    3,
    second,
    {
      configurationKey: [
        { key: 'HeartbeatInterval', readonly: false, value: '300' },
        { key: 'MeterPublicKey[2]', readonly: true, value: '3056B0' },
        { key: 'MeterPublicKey', readonly: true, value: '3056C0' },
        { key: 'MeterPublicKey1', readonly: true, value: '' },
      ],
    },
  ]);
  expect(await whole).toMatchObject({ variables: [key(2, '3056B0'), key(undefined, '3056C0')] });
});
