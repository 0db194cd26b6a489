import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Gateway, startGateway } from './support/gateway.js';
import { partner, TARIFF } from './support/samples.js';
import { type ScriptedPartner, startPartner, success } from './support/scripted-partner.js';

let gateway: Gateway;
let peer: ScriptedPartner;

beforeAll(async () => {
  gateway = await startGateway();
  peer = await startPartner((_request, response) => success(response));
  gateway.memory.partners = [partner('2.2.1')];
});
afterAll(async () => {
  await gateway.close();
  await peer.close();
});

test('a request of a partner is noted with its ids, bodies and outcome', async () => {
  const [known] = gateway.memory.partners;
  await gateway.call('GET', '/ocpi/2.2.1/tariffs?limit=5', {
    token: known?.inboundToken ?? '',
    headers: { 'X-Request-ID': 'R1', 'X-Correlation-ID': 'C1' },
  });
  await gateway.call('PUT', '/ocpi/2.2.1/tokens/NL/MSP/T1', {
    token: known?.inboundToken ?? '',
    text: '{ no json',
  });
  await gateway.call('GET', '/ocpi/2.2.1/tariffs', { token: 'nobody' });
  const noted = gateway.memory.exchanges.splice(0);
  expect(noted).toHaveLength(2);
  expect(noted[0]).toMatchObject({
    partnerId: known?.id,
    exchange: {
      direction: 'in',
      method: 'GET',
      url: '/ocpi/2.2.1/tariffs?limit=5',
      httpStatus: 200,
      requestId: 'R1',
      correlationId: 'C1',
      requestBody: null,
      responseBody: expect.stringContaining('"status_code":1000'),
    },
  });
  expect(noted[1]?.exchange).toMatchObject({ httpStatus: 400, requestBody: '{ no json' });
});

test('a request to a partner is noted, also when there is no answer', async () => {
  const known = partner('2.2.1', {
    endpoints: [{ identifier: 'tariffs', role: 'RECEIVER', url: `${peer.base}/tariffs` }],
  });
  await gateway.link.tell(known, { kind: 'tariff', tariff: TARIFF });
  const away = { ...known, endpoints: [{ ...known.endpoints[0]!, url: 'http://127.0.0.1:1/tariffs' }] };
  await gateway.link.tell(away, { kind: 'tariff', tariff: TARIFF });
  const noted = gateway.memory.exchanges.splice(0).map(({ exchange }) => exchange);
  expect(noted[0]).toMatchObject({
    direction: 'out',
    method: 'PUT',
    httpStatus: 200,
    requestId: peer.requests[0]?.headers['x-request-id'],
    correlationId: peer.requests[0]?.headers['x-correlation-id'],
    requestBody: expect.stringContaining(TARIFF.id),
    error: null,
  });
  expect(noted[1]).toMatchObject({
    httpStatus: null,
    responseBody: null,
    error: expect.stringContaining('ECONNREFUSED'),
  });
});
