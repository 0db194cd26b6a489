import { afterEach, describe, expect, test } from '@jest/globals';
import { type Gateway, startGateway } from './support/gateway.js';
import { LOCATION, partner } from './support/samples.js';

const TWO = [
  { country_code: 'DE', party_id: 'RBG', name: 'One' },
  { country_code: 'FR', party_id: 'RBF', name: 'Two' },
];
const NAMES = ['ocpi-to-country-code', 'ocpi-to-party-id', 'ocpi-from-country-code', 'ocpi-from-party-id'];

function routing(from?: string, to?: string): Record<string, string> {
  const headers = (direction: string, party: string | undefined) =>
    party === undefined
      ? {}
      : {
          [`OCPI-${direction}-country-code`]: party.slice(0, 2),
          [`OCPI-${direction}-party-id`]: party.slice(2),
        };
  return { ...headers('from', from), ...headers('to', to) };
}

describe('message routing', () => {
  let gateway: Gateway;
  afterEach(() => gateway.close());

  async function start(hosted = TWO.slice(0, 1), changes = {}) {
    gateway = await startGateway({ hosted });
    gateway.memory.partners = [partner('2.2.1', changes), partner('2.1.1')];
    gateway.memory.locations = [{ ...LOCATION, country_code: 'FR', party_id: 'RBF' }];
  }

  async function get(path: string, headers = {}, token = 'token-c-2.2.1') {
    const answer = await gateway.call('GET', path, { token, headers });
    return {
      code: answer.body.status_code,
      message: answer.body.status_message,
      route: NAMES.map((name) => answer.headers.get(name)).join(' '),
    };
  }

  test('the answer swaps the parties of the request (RT-04)', async () => {
    await start();
    expect(await get('/ocpi/2.2.1/locations', routing('NLMSP', 'DERBG'))).toMatchObject({
      code: 1000,
      route: 'NL MSP DE RBG',
    });
  });

  test('lower case headers mean the same parties (RT-06)', async () => {
    await start();
    expect((await get('/ocpi/2.2.1/locations', routing('nlmsp', 'derbg'))).route).toBe('NL MSP DE RBG');
  });

  test('where each side has one party the headers may be missing (RT-03)', async () => {
    await start();
    expect((await get('/ocpi/2.2.1/tariffs')).route).toBe('NL MSP DE RBG');
  });

  test('a request to a party that is not ours is refused (ST-22)', async () => {
    await start();
    expect(await get('/ocpi/2.2.1/locations', routing('NLMSP', 'XXYYY'))).toMatchObject({ code: 2001 });
  });

  test('a request from a party that is not of this connection is refused (RT-12)', async () => {
    await start();
    const answer = await get('/ocpi/2.2.1/locations', routing('NLXXX', 'DERBG'));
    expect(answer.code).toBe(2001);
    expect(answer.message).toContain('OCPI-from-party-id');
  });

  test('a hub speaks for parties that are not among its roles (RT-12)', async () => {
    await start(TWO, { roles: [{ role: 'HUB', country_code: 'NL', party_id: 'HUB', name: 'Hub' }] });
    expect((await get('/ocpi/2.2.1/locations', routing('NLXXX', 'FRRBF'))).route).toBe('NL XXX FR RBF');
  });

  test('half a party is refused', async () => {
    await start();
    expect((await get('/ocpi/2.2.1/locations', { 'OCPI-to-party-id': 'RBG' })).code).toBe(2001);
  });

  test('without a TO party the object decides, and what stays ambiguous is refused (RT-11)', async () => {
    await start(TWO);
    expect(await get('/ocpi/2.2.1/locations/L-1', routing('NLMSP'))).toMatchObject({
      code: 1000,
      route: 'NL MSP FR RBF',
    });
    const list = await get('/ocpi/2.2.1/locations', routing('NLMSP'));
    expect(list.code).toBe(2001);
    expect(list.message).toContain('OCPI-to-party-id');
  });

  test('versions, credentials and 2.1.1 carry no routing headers (RT-02)', async () => {
    await start(TWO);
    const none = 'null null null null'.replaceAll('null', '');
    for (const path of ['/ocpi/versions', '/ocpi/2.2.1', '/ocpi/2.2.1/credentials']) {
      expect((await get(path, routing('XXYYY', 'XXYYY'))).route).toBe(none);
    }
    expect(await get('/ocpi/2.1.1/locations', {}, 'token-c-2.1.1')).toMatchObject({
      code: 1000,
      route: none,
    });
  });
});
