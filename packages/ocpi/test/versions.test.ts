import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Gateway, startGateway } from './support/gateway.js';
import { partner } from './support/samples.js';

const BASE = 'https://ocpi.rbg.example';

describe('versions', () => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await startGateway({ publicUrl: `${BASE}/` });
    gateway.memory.partners = [partner('2.2.1')];
  });
  afterAll(() => gateway.close());

  const get = async (path: string) => (await gateway.call('GET', path, { token: 'token-c-2.2.1' })).body.data;

  test('all versions are listed with absolute public URLs (VE-01, TR-029)', async () => {
    expect(await get('/ocpi/versions')).toEqual(
      ['2.1.1', '2.2.1', '2.3.0'].map((version) => ({ version, url: `${BASE}/ocpi/${version}` })),
    );
  });

  test('2.1.1 details list the CPO modules without roles (VE-03)', async () => {
    expect(await get('/ocpi/2.1.1')).toEqual({
      version: '2.1.1',
      endpoints: ['credentials', 'locations', 'sessions', 'cdrs', 'tariffs', 'tokens', 'commands'].map(
        (identifier) => ({ identifier, url: `${BASE}/ocpi/2.1.1/${identifier}` }),
      ),
    });
  });

  test.each(['2.2.1', '2.3.0'])('%s details name our role in each module (VE-04, VE-05)', async (version) => {
    const endpoint = (role: string) => (identifier: string) => ({
      identifier,
      role,
      url: `${BASE}/ocpi/${version}/${identifier}`,
    });
    expect(await get(`/ocpi/${version}`)).toEqual({
      version,
      endpoints: [
        ...['credentials', 'locations', 'sessions', 'cdrs', 'tariffs'].map(endpoint('SENDER')),
        ...['tokens', 'commands', 'chargingprofiles', 'hubclientinfo'].map(endpoint('RECEIVER')),
        // VE-11, IR-01: ours to partners, and theirs in our name.
        ...(version === '2.3.0'
          ? ['SENDER', 'RECEIVER'].map((role) => endpoint(role)('invoicereconciliation'))
          : []),
      ],
    });
  });
});
