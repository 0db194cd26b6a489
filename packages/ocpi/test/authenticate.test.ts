import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Gateway, startGateway } from './support/gateway.js';
import { partner } from './support/samples.js';

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('inbound credentials', () => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await startGateway();
    gateway.memory.partners = [
      partner('2.1.1', { id: 'raw', inboundToken: 'ZXhhbXBsZQ==' }),
      partner('2.2.1', { id: 'encoded', inboundToken: 'example-token' }),
      partner('2.2.1', { id: 'new', inboundToken: 'token-a', status: 'awaiting_registration' }),
      partner('2.2.1', { id: 'gone', inboundToken: 'token-gone', status: 'unregistered' }),
    ];
  });
  afterAll(() => gateway.close());

  test.each([
    ['raw (TR-003)', 'Token example-token'],
    ['Base64 (TR-004, TR-005)', 'Token ZXhhbXBsZS10b2tlbg=='],
    ['Base64 with a line feed inside (TR-006)', `Token ${base64('example-token\n')}`],
    ['Base64 with a carriage return inside (TR-006)', `Token ${base64('example-token\r\n')}`],
    ['raw token that looks like Base64 (trap 1)', 'Token ZXhhbXBsZQ=='],
    ['Base64 of a token that looks like Base64', `Token ${base64('ZXhhbXBsZQ==')}`],
  ])('a token is recognised as %s', async (_form, header) => {
    for (const path of ['/ocpi/versions', '/ocpi/2.1.1/locations', '/ocpi/2.3.0/tariffs']) {
      const answer = await gateway.call('GET', path, { headers: { Authorization: header } });
      expect(answer.status).toBe(200);
    }
  });

  test.each([
    ['no header', undefined],
    ['another scheme', 'Bearer example-token'],
    ['no scheme', 'example-token'],
    ['two blanks', 'Token  example-token'],
    ['an empty token', 'Token '],
    ['an unknown token', 'Token nobody'],
    ['broken Base64 (TR-010)', 'Token ZXhhbXBsZS10b2tlbg='],
    ['a token that was ended (TR-012)', 'Token token-gone'],
  ])('%s is answered with HTTP 401 (ST-01)', async (_what, header) => {
    for (const path of ['/ocpi/versions', '/ocpi/2.2.1/locations', '/ocpi/nonsense', '/']) {
      const answer = await gateway.call('GET', path, {
        headers: header === undefined ? {} : { Authorization: header },
      });
      expect(answer.status).toBe(401);
      expect(answer.body.status_code).toBe(2000);
      expect(answer.headers.get('content-type')).toContain('application/json');
      expect(answer.headers.get('x-request-id')).toBeTruthy();
    }
  });

  test('TOKEN_A opens versions and credentials and nothing else (TR-011)', async () => {
    const status = async (method: string, path: string) =>
      (await gateway.call(method, path, { token: 'token-a' })).status;
    expect(await status('GET', '/ocpi/versions')).toBe(200);
    expect(await status('GET', '/ocpi/2.2.1')).toBe(200);
    expect(await status('GET', '/ocpi/2.1.1/credentials')).toBe(200);
    for (const module of ['locations', 'sessions', 'cdrs', 'tariffs', 'nothing']) {
      expect(await status('GET', `/ocpi/2.1.1/${module}`)).toBe(401);
      expect(await status('GET', `/ocpi/2.2.1/${module}`)).toBe(401);
    }
    expect(await status('POST', '/ocpi/2.2.1/commands/START_SESSION')).toBe(401);
    expect(await status('PUT', '/ocpi/2.3.0/tokens/NL/MSP/1')).toBe(401);
  });
});
