import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Gateway, startGateway } from './support/gateway.js';
import { LOCATION, partner } from './support/samples.js';

describe.each(['2.1.1', '2.2.1', '2.3.0'])('locations of OCPI %s', (version) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await startGateway();
    gateway.memory.partners = [partner(version)];
    gateway.memory.locations = [LOCATION, { ...LOCATION, id: 'HIDDEN/1', publish: false }];
  });
  afterAll(() => gateway.close());

  const get = (path: string) =>
    gateway.call('GET', `/ocpi/${version}/locations${path}`, { token: `token-c-${version}` });

  test('a location, an EVSE and a connector have URLs of their own (LO-01)', async () => {
    const location = (await get('/L-1')).body.data;
    expect(location.id).toBe('L-1');
    expect((await get('/L-1/E-1')).body.data).toEqual(location.evses[0]);
    expect((await get('/L-1/E-1/1')).body.data).toEqual(location.evses[0].connectors[0]);
  });

  test('what is not there is HTTP 404 with 2003 (ST-04)', async () => {
    for (const path of ['/L-2', '/L-1/E-2', '/L-1/E-1/9']) {
      const answer = await get(path);
      expect([answer.status, answer.body.status_code]).toEqual([404, 2003]);
    }
  });

  test('ids ignore case from 2.2 on (TR-030)', async () => {
    expect((await get('/l-1/e-1')).status).toBe(version === '2.1.1' ? 404 : 200);
  });

  test('segments are percent-decoded, and 2.1.1 sees published locations only (TR-030, LO-23)', async () => {
    expect((await get('/HIDDEN%2F1')).status).toBe(version === '2.1.1' ? 404 : 200);
    expect((await get('')).body.data).toHaveLength(version === '2.1.1' ? 1 : 2);
  });

  test('nothing internal leaves (allow-list)', async () => {
    const text = JSON.stringify((await get('')).body);
    for (const word of ['ocpp', 'CP-SECRET', 'internal_note', 'station_id']) {
      expect(text).not.toContain(word);
    }
  });
});
