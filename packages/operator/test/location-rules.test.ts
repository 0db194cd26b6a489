import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startApi, type TestApi } from './support/api.js';
import { location } from './support/static-data.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const path = '/locations/DE/RBG/LOC1';
const [evse] = location.evses;
const [connector] = evse!.connectors;
const withEvse = (change: object) => ({ evses: [{ ...evse, ...change }] });
const withConnector = (change: object) => withEvse({ connectors: [{ ...connector, ...change }] });
const hours = (opening_times: object) => ({ opening_times });
const open = (...regular_hours: object[]) => hours({ twentyfourseven: false, regular_hours });
const monday = { weekday: 1, period_begin: '08:00', period_end: '20:00' };
const day = (date: string) => ({ period_begin: `${date}T00:00:00Z`, period_end: `${date}T23:00:00Z` });
const image = { url: 'https://a.example/1.jpg', category: 'CHARGER', type: 'jpeg' };
const place = { id: 'P1', vehicle_types: ['VAN'], restricted_to_type: true, reservation_required: false };
const parking = (changes: object, references: object[] = [{ parking_id: 'P1' }]) => ({
  ...withEvse({ parking: references }),
  parking_places: [{ ...place, ...changes }],
});
const mix = (...percentages: number[]) => ({
  energy_mix: {
    is_green_energy: true,
    energy_sources: percentages.map((percentage, index) => ({
      source: ['SOLAR', 'WIND', 'COAL'][index],
      percentage,
    })),
  },
});

test.each<[string, object]>([
  [
    'LO-20: not published, shown to the owners of some tokens',
    { publish: false, publish_allowed_to: [{ uid: 'A', type: 'RFID' }] },
  ],
  [
    'LO-21: entries by visual number and by group',
    { publish: false, publish_allowed_to: [{ visual_number: '1', issuer: 'X' }, { group_id: 'G' }] },
  ],
  ['LO-25: a site without a postal code', { postal_code: undefined }],
  [
    'LO-26: coordinates with five and with seven decimals',
    { coordinates: { latitude: '-53.54321', longitude: '109.9933012' } },
  ],
  ['LO-28: whether one may charge when it is closed', { charging_when_closed: false }],
  ['LO-29: hours of every day', open(monday, { ...monday, weekday: 7 })],
  [
    'LO-30: two periods of a day, and days that differ',
    hours({
      twentyfourseven: false,
      regular_hours: [
        { ...monday, period_end: '12:00' },
        { ...monday, period_begin: '13:00' },
      ],
      exceptional_openings: [day('2026-12-24')],
      exceptional_closings: [day('2026-12-25')],
    }),
  ],
  ['LO-31: a mix that makes 100', mix(33.3, 33.3, 33.4)],
  ['LO-32: a power below voltage times current', withConnector({ max_electric_power: 11_000 })],
  [
    'LO-35: the same connector id in two EVSEs',
    { evses: [evse, { ...evse, uid: 'EVSE-2', ocpp: { station_id: 'CP-1', evse_id: 2 } }] },
  ],
  ['LO-36: an image with its size', { images: [{ ...image, width: 99_999, height: 1 }] }],
  [
    'LO-37: an EVSE whose connector must be named',
    withEvse({ capabilities: ['START_SESSION_CONNECTOR_REQUIRED'] }),
  ],
  ['LO-40, CR-06: an EVSE id of another party in either form', withEvse({ evse_id: 'FR-ABC-E9' })],
  [
    'LO-50, LO-57: a place of two EVSEs, and where the vehicle stands',
    parking({}, [{ parking_id: 'P1', evse_position: 'CENTER' }, { parking_id: 'p1' }]),
  ],
  [
    'LO-51, LO-52, LO-53: all about a place',
    parking({
      vehicle_types: ['TRUCK_WITH_TRAILER', 'DISABLED'],
      max_vehicle_weight: 40_000,
      max_vehicle_height: 400,
      dangerous_goods_allowed: false,
      drive_through: true,
      time_limit: 45,
      images: [image],
    }),
  ],
  [
    'LO-55: a phone number, and what a connector can do',
    {
      help_phone: '+49 40 123456',
      ...withConnector({ capabilities: ['ISO_15118_2_PLUG_AND_CHARGE', 'ISO_15118_20_PLUG_AND_CHARGE'] }),
    },
  ],
  [
    'LO-56: new connectors and restrictions',
    {
      ...withConnector({ standard: 'MCS' }),
      ...withEvse({
        connectors: [{ ...connector, standard: 'SAE_J3400' }],
        parking_restrictions: ['EMPLOYEES', 'TAXIS', 'TENANTS'],
      }),
    },
  ],
  [
    'LO-10: a change that is planned',
    withEvse({ status_schedule: [{ period_begin: '2027-01-01T00:00:00Z', status: 'REMOVED' }] }),
  ],
  [
    'D-19: an address of 255 and a state of 45 characters',
    { address: 'a'.repeat(255), state: 's'.repeat(45) },
  ],
  ['LO-15: ids of 36 characters', withEvse({ uid: 'u'.repeat(36) })],
])('is stored as it was entered: %s', async (_what, changes) => {
  const body = { ...location, ...changes };
  const answer = await api.call('PUT', path, body);
  expect([answer.status, answer.body.errors]).toEqual([expect.any(Number), undefined]);
  expect(answer.body).toMatchObject(JSON.parse(JSON.stringify(body)));
});

test.each<[string, string, object]>([
  ['/publish', 'LO-20', { publish: undefined }],
  ['/publish_allowed_to', 'LO-20', { publish_allowed_to: [{ uid: 'A', type: 'RFID' }] }],
  ['/publish_allowed_to/0', 'LO-21', { publish: false, publish_allowed_to: [{ issuer: 'X' }] }],
  ['/publish_allowed_to/0/type', 'LO-21', { publish: false, publish_allowed_to: [{ uid: 'A' }] }],
  ['/publish_allowed_to/0/issuer', 'LO-21', { publish: false, publish_allowed_to: [{ visual_number: '1' }] }],
  ['/country', 'LO-24', { country: 'DE' }],
  ['/time_zone', 'LO-25', { time_zone: undefined }],
  ['/coordinates/latitude', 'LO-26', { coordinates: { latitude: 53.5432, longitude: '9.99330' } }],
  ['/coordinates/latitude', 'LO-26', { coordinates: { latitude: '53.5432', longitude: '9.99330' } }],
  ['/coordinates/longitude', 'LO-26', { coordinates: { latitude: '53.54320', longitude: '9.99330111' } }],
  ['/opening_times/regular_hours', 'LO-29', hours({ twentyfourseven: false })],
  ['/opening_times/regular_hours', 'LO-29', hours({ twentyfourseven: true, regular_hours: [monday] })],
  ['/opening_times/twentyfourseven', 'LO-29', hours({ regular_hours: [monday] })],
  ['/opening_times/regular_hours/0/weekday', 'LO-30', open({ ...monday, weekday: 0 })],
  ['/opening_times/regular_hours/0/period_begin', 'LO-30', open({ ...monday, period_begin: '8:00' })],
  ['/opening_times/regular_hours/0/period_end', 'LO-30', open({ ...monday, period_end: '07:00' })],
  [
    '/opening_times/exceptional_closings/0',
    'LO-30',
    hours({
      twentyfourseven: true,
      exceptional_openings: [day('2026-12-24')],
      exceptional_closings: [day('2026-12-24')],
    }),
  ],
  [
    '/opening_times/exceptional_openings/0/period_end',
    'LO-30',
    hours({
      twentyfourseven: true,
      exceptional_openings: [{ period_begin: '2026-12-24T10:00:00Z', period_end: '2026-12-24T10:00:00Z' }],
    }),
  ],
  ['/energy_mix/energy_sources', 'LO-31', mix(50, 49)],
  ['/energy_mix/is_green_energy', 'LO-31', { energy_mix: {} }],
  ['/evses/0/connectors/0/max_voltage', 'LO-32', withConnector({ max_voltage: undefined })],
  ['/evses/0/connectors/1/id', 'LO-35', withEvse({ connectors: [connector, { ...connector }] })],
  ['/images/0/category', 'LO-36', { images: [{ ...image, category: undefined }] }],
  ['/images/0/type', 'LO-36', { images: [{ ...image, type: 'jpeg2' }] }],
  ['/images/0/width', 'LO-36', { images: [{ ...image, width: 100_000 }] }],
  ['/evses/0/status', 'LO-39', withEvse({ status: 'OCCUPIED' })],
  ['/evses/0/uid', 'LO-15', withEvse({ uid: 'u'.repeat(37) })],
  ['/evses/0/parking/0/parking_id', 'LO-50', parking({}, [{ parking_id: 'P2' }])],
  ['/parking_places/1/id', 'LO-50', { ...parking({}), parking_places: [place, { ...place, id: 'p1' }] }],
  ['/parking_places/0/vehicle_types', 'LO-51', parking({ vehicle_types: [] })],
  ['/parking_places/0/restricted_to_type', 'LO-51', parking({ restricted_to_type: undefined })],
  ['/parking_places/0/reservation_required', 'LO-51', parking({ reservation_required: undefined })],
  ['/help_phone', 'LO-55', { help_phone: '1'.repeat(26) }],
  ['/evses/0/parking/0/evse_position', 'LO-57', parking({}, [{ parking_id: 'P1', evse_position: 'BEHIND' }])],
  ['/directions/0/language', 'TY-12', { directions: [{ language: 'deu', text: 'links' }] }],
  ['/directions/0/text', 'TY-12', { directions: [{ language: 'de', text: 'x'.repeat(513) }] }],
  ['/directions/0/text', 'TY-12', { directions: [{ language: 'de', text: '<b>links</b>' }] }],
  [
    '/operator/website',
    'TY-11',
    { operator: { name: 'X', website: `https://a.example/${'x'.repeat(250)}` } },
  ],
])('is refused with %s: %s', async (pointer, _id, changes) => {
  const answer = await api.call('PUT', path, { ...location, ...changes });
  expect([answer.status, answer.body.errors?.map((each: { pointer: string }) => each.pointer)]).toEqual([
    422,
    expect.arrayContaining([pointer]),
  ]);
});
