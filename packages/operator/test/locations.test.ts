import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startApi, type TestApi } from './support/api.js';
import { location } from './support/static-data.js';

let api: TestApi;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

const path = '/locations/DE/RBG/LOC1';
const evse = location.evses[0]!;
const withEvse = (change: object) => ({ ...location, evses: [{ ...evse, ...change }] });

describe('locations', () => {
  test('a location is stored in OCPI shape with its hardware binding, and read back', async () => {
    const created = await api.call('PUT', path, location);
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject(location);
    expect(created.body.last_updated).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(created.body.evses[0]).toMatchObject({
      status: 'UNKNOWN',
      ocpp: { station_id: 'CP-1', evse_id: 1 },
    });
    expect((await api.call('PUT', path, location)).status).toBe(200);
    expect((await api.call('GET', path)).body).toMatchObject(location);
    expect((await api.call('GET', '/locations')).body.items).toHaveLength(1);
    expect((await api.call('GET', '/locations/DE/RBG/OTHER')).status).toBe(404);
  });

  test('the key may be left out of the body, null means absent (TY-009), unknown members are ignored (TY-017)', async () => {
    const { country_code: _c, party_id: _p, id: _i, ...rest } = location;
    const { status, body } = await api.call('PUT', '/locations/de/rbg/LOC1', {
      ...rest,
      name: null,
      vendor: 'x',
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({ country_code: 'DE', party_id: 'RBG', id: 'LOC1' });
    expect(body).not.toHaveProperty('name');
    expect(body).not.toHaveProperty('vendor');
  });

  test.each([
    ['/id', { ...location, id: 'LOC2' }],
    ['/party_id', { ...location, party_id: 'XXX' }],
    ['/address', { ...location, address: undefined }],
    ['/address', { ...location, address: 'line\nbreak' }],
    ['/city', { ...location, city: 'x'.repeat(46) }],
    ['/country', { ...location, country: 'DE' }],
    ['/time_zone', { ...location, time_zone: 'Europe/Nowhere' }],
    ['/coordinates/latitude', { ...location, coordinates: { latitude: '91.00000', longitude: '9.99330' } }],
    ['/coordinates/latitude', { ...location, coordinates: { latitude: 53.5, longitude: '9.99330' } }],
    ['/publish_allowed_to', { ...location, publish_allowed_to: [{ uid: 'A', type: 'RFID' }] }],
    ['/opening_times/regular_hours', { ...location, opening_times: { twentyfourseven: false } }],
    [
      // Exceptions are in UTC, unlike regular hours.
      '/opening_times/exceptional_closings/0/period_begin',
      {
        ...location,
        opening_times: {
          twentyfourseven: true,
          exceptional_closings: [{ period_begin: '24.12.2025', period_end: '2025-12-26T23:00:00Z' }],
        },
      },
    ],
    ['/last_updated', { ...location, last_updated: 'yesterday' }],
    ['/evses/0/connectors', withEvse({ connectors: [] })],
    ['/evses/0/capabilities/0', withEvse({ capabilities: ['FLYING'] })],
    [
      '/evses/0/connectors/0/standard',
      withEvse({ connectors: [{ ...evse.connectors[0], standard: 'TYPE2' }] }),
    ],
    ['/evses/0/parking/0/parking_id', withEvse({ parking: [{ parking_id: 'P9' }] })],
    ['/evses/0/ocpp/evse_id', withEvse({ ocpp: { station_id: 'CP-1', evse_id: 0 } })],
    [
      '/evses/1/uid',
      { ...location, evses: [evse, { ...evse, uid: 'evse-1', ocpp: { station_id: 'CP-1', evse_id: 2 } }] },
    ],
    ['/evses/1/ocpp', { ...location, evses: [evse, { ...evse, uid: 'EVSE-2' }] }],
  ])('a location with a fault at %s is refused', async (pointer, body) => {
    const answer = await api.call('PUT', path, body);
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toContainEqual({ pointer, detail: expect.any(String) });
    expect(api.edge.state.locations.size).toBe(0);
  });
});
