import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { RawCharger, startGateway, type TestGateway } from './support/gateway.js';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startGateway();
});

afterAll(() => gateway.ocpp.close());

let stations = 0;

/** What core hears of a status of connector 0 at a station with these quirks. */
async function heard(quirks: string[], connectorId = 0) {
  stations += 1;
  const id = `CS-${stations}`;
  gateway.edge.stations.set(id, { quirks });
  const charger = await new RawCharger(`${gateway.url}/${id}`).open();
  const before = gateway.edge.statuses.length;
  const status = { connectorId, errorCode: 'NoError', status: 'Unavailable' };
  expect(await charger.ask([2, 'a', 'StatusNotification', status])).toEqual([3, 'a', {}]);
  expect(gateway.edge.inbound('StatusNotification')).toHaveLength(stations);
  return gateway.edge.statuses.slice(before);
}

test('connector 0 is the station and covers its connectors (D1-010, D1-011, D1-012)', async () => {
  expect(await heard([])).toMatchObject([{ evseId: 0, connectorId: 0, status: 'Unavailable' }]);
  expect(await heard([])).not.toMatchObject([{ outranks: true }]);
});

test('the operator may have it ignored, or count whatever the connectors say (D1-012)', async () => {
  expect(await heard(['connector0=ignore'])).toEqual([]);
  expect(await heard(['connector0=ignore'], 1)).toHaveLength(1);
  expect(await heard(['connector0=authoritative'])).toMatchObject([{ evseId: 0, outranks: true }]);
});

test('a station that knows only connector 0 means its one connector (D1-014, Q-72)', async () => {
  expect(await heard(['connector0_as_1'])).toMatchObject([{ evseId: 1, connectorId: 1 }]);
});
