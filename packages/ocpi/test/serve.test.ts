import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Gateway, startGateway } from './support/gateway.js';
import { LOCATION, partner, TARIFF } from './support/samples.js';

const token = 'token-c-2.2.1';

describe('requests of partners', () => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await startGateway();
    gateway.memory.partners = [partner('2.2.1')];
    gateway.memory.locations = [LOCATION];
    gateway.memory.tariffs = [TARIFF];
  });
  afterAll(() => gateway.close());

  test('an answer is an envelope with the time of its making (TR-040)', async () => {
    const { body } = await gateway.call('GET', '/ocpi/2.2.1/cdrs', { token });
    expect(body).toEqual({
      data: [],
      status_code: 1000,
      status_message: 'Success',
      timestamp: '2025-06-01T12:00:00Z',
    });
  });

  test('message ids are repeated, and made up where they are missing (TR-020, TR-021, TR-023)', async () => {
    const given = await gateway.call('GET', '/ocpi/versions', {
      token,
      headers: { 'x-request-id': 'req-1', 'X-CORRELATION-ID': 'corr-1' },
    });
    expect(given.headers.get('X-Request-ID')).toBe('req-1');
    expect(given.headers.get('X-Correlation-ID')).toBe('corr-1');
    const missing = await gateway.call('GET', '/ocpi/versions', { token });
    expect(missing.headers.get('X-Request-ID')).toMatch(/^[0-9a-f-]{36}$/);
    expect(missing.headers.get('X-Correlation-ID')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('a path, a version or a module that is not offered is HTTP 404 (ST-03)', async () => {
    for (const path of ['/', '/ocpi', '/ocpi/2.2', '/ocpi/2.2.1/chargingprofiles', '/ocpi/2.2.1/cdrs/C-1']) {
      const answer = await gateway.call('GET', path, { token });
      expect([path, answer.status, answer.body.status_code]).toEqual([path, 404, 2000]);
    }
  });

  test('a method that the interface does not have is HTTP 405 and names the others (ST-12)', async () => {
    const answer = await gateway.call('DELETE', '/ocpi/2.2.1/locations/L-1', { token });
    expect([answer.status, answer.body.status_code]).toEqual([405, 2000]);
    expect(answer.headers.get('allow')).toBe('GET');
    for (const method of ['POST', 'DELETE']) {
      expect((await gateway.call(method, '/ocpi/2.2.1/tokens/NL/MSP/1', { token })).status).toBe(405);
    }
    expect((await gateway.call('PATCH', '/ocpi/2.2.1/credentials', { token })).status).toBe(405); // CR-26
    expect((await gateway.call('GET', '/ocpi/2.2.1/commands/START_SESSION', { token })).status).toBe(405);
  });

  test('a trailing slash makes no difference (TR-028)', async () => {
    for (const path of [
      '/ocpi/versions/',
      '/ocpi/2.2.1/',
      '/ocpi/2.2.1/locations/',
      '/ocpi/2.2.1/locations/L-1/',
    ]) {
      expect((await gateway.call('GET', path, { token })).status).toBe(200);
    }
  });

  test('a body that is not JSON, too deep or too large is an HTTP error with 2001 (ST-02)', async () => {
    const put = (text: string) => gateway.call('PUT', '/ocpi/2.2.1/tokens/NL/MSP/1', { token, text });
    for (const text of ['{"uid":', '', '[1', `${'['.repeat(40)}${']'.repeat(40)}`]) {
      const answer = await put(text);
      expect([answer.status, answer.body.status_code]).toEqual([400, 2001]);
    }
    const large = await put(JSON.stringify({ uid: 'x'.repeat(1_100_000) }));
    expect([large.status, large.body.status_code]).toEqual([413, 2001]);
    const notObject = await put('[]');
    expect([notObject.status, notObject.body.status_code]).toEqual([200, 2001]);
  });

  test('a path with a broken percent escape is refused', async () => {
    const answer = await gateway.call('GET', '/ocpi/2.2.1/locations/%E0%A4%A', { token });
    expect([answer.status, answer.body.status_code]).toEqual([400, 2001]);
  });

  test('our own failure is HTTP 200 with 3000 and reveals nothing (ST-18)', async () => {
    gateway.memory.fault = new Error('connection to 10.1.2.3:5432 refused');
    const answer = await gateway.call('GET', '/ocpi/2.2.1/tariffs', { token });
    delete gateway.memory.fault;
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      status_code: 3000,
      status_message: 'Internal error',
      timestamp: '2025-06-01T12:00:00Z',
    });
  });
});
