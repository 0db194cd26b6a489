import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Gateway, startGateway } from './support/gateway.js';
import { LOCATION, partner } from './support/samples.js';

/** What others get wrong and no other test is about. */
const PUBLIC = 'https://ocpi.rbg.example';
const VERSIONS = ['2.1.1', '2.2.1', '2.3.0'];

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway({ publicUrl: `${PUBLIC}/` });
  gateway.memory.partners = VERSIONS.map((version) => partner(version));
  gateway.memory.locations = [LOCATION, { ...LOCATION, id: 'L-2' }];
});
afterAll(() => gateway.close());

test.each(VERSIONS)(
  'the next page of %s is absolute, public, filtered, and none is the last (trap 16)',
  async (version) => {
    const from = 'date_from=2025-01-01T00:00:00Z&date_to=2030-01-01T00:00:00Z';
    const token = `token-c-${version}`;
    const get = (query: string) =>
      gateway.call('GET', `/ocpi/${version}/locations?${from}&limit=1&${query}`, { token });
    const first = await get('');
    const link = /^<([^>]+)>; rel="next"$/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    expect(link).toMatch(new RegExp(`^${PUBLIC}/ocpi/${version}/locations\\?`));
    const next = new URL(link).searchParams;
    expect([next.get('date_from'), next.get('date_to'), next.get('limit'), next.get('offset')]).toEqual([
      '2025-01-01T00:00:00Z',
      '2030-01-01T00:00:00Z',
      '1',
      '1',
    ]);
    const last = await gateway.call('GET', link.replace(PUBLIC, gateway.base), { token });
    expect(last.body.data).toMatchObject([{ id: 'L-2' }]);
    expect(last.headers.get('link')).toBeNull();
  },
);

test.each(VERSIONS)('regular hours stay local and exceptions stay UTC in %s (trap 30)', async (version) => {
  const opening_times = {
    twentyfourseven: false,
    regular_hours: [{ weekday: 1, period_begin: '08:00', period_end: '20:00' }],
    exceptional_closings: [{ period_begin: '2025-12-24T11:00:00Z', period_end: '2025-12-26T23:00:00Z' }],
  };
  gateway.memory.locations = [{ ...LOCATION, id: 'HOURS', opening_times }];
  const { body } = await gateway.call('GET', `/ocpi/${version}/locations/HOURS`, {
    token: `token-c-${version}`,
  });
  expect(body.data).toMatchObject({ opening_times, time_zone: 'Europe/Berlin' });
});
