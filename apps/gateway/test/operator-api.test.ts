import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestGateway, type TestGateway } from './support/test-gateway.js';

let world: TestGateway;

beforeAll(async () => {
  world = await startTestGateway();
  await world.operator.put('/stations/CP-1', { security_profile: 0 });
  await world.operator.put('/locations/DE/RBG/HERE', location('HERE'));
}, 60_000);

afterAll(() => world?.stop(), 30_000);

function location(id: string) {
  const connector = {
    id: '1',
    standard: 'IEC_62196_T2',
    format: 'SOCKET',
    power_type: 'AC_3_PHASE',
    max_voltage: 230,
    max_amperage: 32,
  };
  return {
    publish: true,
    address: 'Street 1',
    city: 'Berlin',
    country: 'DEU',
    coordinates: { latitude: '52.520008', longitude: '13.404954' },
    time_zone: 'Europe/Berlin',
    evses: [
      {
        uid: `${id}-1`,
        status: 'AVAILABLE',
        connectors: [connector],
        ocpp: { station_id: 'CP-1', evse_id: 1 },
      },
    ],
  };
}

/** Status of the answer and its problem document. */
async function problem(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'no problem',
    (error: Error) => error.message,
  );
}

test('an EVSE of a charger that another location has is a conflict, which names it', async () => {
  const answer = await problem(world.operator.put('/locations/DE/RBG/THERE', location('THERE')));
  expect(answer).toContain(': 409 ');
  expect(answer).toContain('(station_id, evse_id) belongs to another EVSE');
});

test.each([
  '/stations/CP-1/frames?before=yesterday',
  '/transactions?cursor=nope',
  '/deliveries?cursor=nope',
  '/attention?cursor=nope',
])('%s is refused: its cursor is not one of the list', async (path) => {
  const answer = await problem(world.operator.get(path));
  expect(answer).toContain(': 422 ');
  expect(answer).toContain('"pointer":"/cursor"');
});

test('frames are listed before a time, before one of them and by pages longer than there are', async () => {
  await world.operator.get(`/stations/CP-1/frames?before=${new Date().toISOString()}&limit=100000`);
  expect(await world.operator.list('/stations/CP-1/frames?before=1a')).toEqual([]);
});
