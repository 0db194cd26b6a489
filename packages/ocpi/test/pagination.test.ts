import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Gateway, startGateway } from './support/gateway.js';
import { LOCATION, NARROWED, partner, SESSION } from './support/samples.js';

describe.each(['2.1.1', '2.2.1', '2.3.0'])('lists of OCPI %s', (version) => {
  const token = `token-c-${version}`;
  const path = `/ocpi/${version}/locations`;
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await startGateway();
    gateway.memory.partners = [partner(version)];
    gateway.memory.locations = Array.from({ length: 120 }, (_, index) => ({ ...LOCATION, id: `L-${index}` }));
    gateway.memory.sessions = [{ session: SESSION, location: NARROWED }];
  });
  afterAll(() => gateway.close());

  test('a partner that follows the links sees every object once (PG-04, PG-09)', async () => {
    const ids: string[] = [];
    let next: string | undefined = `${path}?date_from=2025-01-01T00:00:00Z`;
    let pages = 0;
    while (next !== undefined) {
      const answer = await gateway.call('GET', next, { token });
      ids.push(...answer.body.data.map((location: { id: string }) => location.id));
      expect(answer.headers.get('x-total-count')).toBe('120'); // PG-05
      expect(answer.headers.get('x-limit')).toBe('250'); // PG-06
      next = /^<([^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1];
      if (next !== undefined) {
        expect(next).toContain(`${gateway.base}${path}?`);
        expect(next).toContain('date_from=2025-01-01T00%3A00%3A00Z');
      }
      pages += 1;
    }
    expect(pages).toBe(3);
    expect(ids).toEqual(gateway.memory.locations.map(({ id }) => id));
  });

  test('filters and limits reach core, a limit above ours is lowered (PG-02, PG-07)', async () => {
    await gateway.call(
      'GET',
      `${path}?date_from=2025-01-01T00:00:00&date_to=2025-02-01T00:00:00.5Z&limit=900`,
      { token },
    );
    expect(gateway.memory.pages.at(-1)).toEqual({
      dateFrom: Date.parse('2025-01-01T00:00:00Z'),
      dateTo: Date.parse('2025-02-01T00:00:00.500Z'),
      offset: 0,
      limit: 250,
    });
  });

  test('beyond the end there is an empty list without a link (TR-045, PG-12)', async () => {
    const answer = await gateway.call('GET', `${path}?offset=500`, { token });
    expect(answer.body.data).toEqual([]);
    expect(answer.headers.get('link')).toBeNull();
    expect(answer.headers.get('x-total-count')).toBe('120');
  });

  test.each([
    'limit=0',
    'limit=-1',
    'limit=x',
    'offset=-1',
    'offset=1.5',
    'date_from=yesterday',
    'date_to=',
    'limit=1&limit=2',
  ])('%s is refused and named (PG-12, ST-17)', async (query) => {
    const answer = await gateway.call('GET', `${path}?${query}`, { token });
    expect([answer.status, answer.body.status_code]).toEqual([200, 2001]);
    expect(answer.body.status_message).toContain(query.split('=')[0]);
  });

  test('sessions are listed with date_from only (SE-01)', async () => {
    const without = await gateway.call('GET', `/ocpi/${version}/sessions`, { token });
    expect([without.status, without.body.status_code]).toEqual([200, 2001]);
    expect(without.body.status_message).toBe('date_from: is required');
    const answer = await gateway.call('GET', `/ocpi/${version}/sessions?date_from=2025-01-01T00:00:00Z`, {
      token,
    });
    expect(answer.body.data.map(({ id }: { id: string }) => id)).toEqual(['S-1']);
  });
});
