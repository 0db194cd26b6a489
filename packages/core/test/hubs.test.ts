import { expect, test } from '@jest/globals';
import type { HubClient, Partner } from '../src/index.js';
import { reachOf, speaksFor } from '../src/index.js';
import { withClient } from '../src/partners/hubs.js';

const AAA = { country_code: 'NL', party_id: 'AAA' };
const client = (role: string, status: HubClient['status'], minute = 0): HubClient => ({
  ...AAA,
  role,
  status,
  last_updated: `2026-03-01T10:0${minute}:00Z`,
});
const hub = (changes: Partial<Partner>): Partner => ({
  id: 'hub',
  name: 'Hub',
  status: 'registered',
  version: '2.2.1',
  roles: [{ role: 'HUB', country_code: 'DE', party_id: 'HUB', name: 'Hub' }],
  endpoints: [],
  inboundToken: 'token',
  createdAt: 0,
  ...changes,
});

test('a party with two roles is two entries, each of its newest word (HU-02)', () => {
  const emsp = withClient([], client('EMSP', 'CONNECTED'));
  const both = withClient(emsp.clients, client('NSP', 'OFFLINE'));
  expect([emsp.created, both.created, both.clients.length]).toEqual([true, true, 2]);
  const newer = withClient(both.clients, client('EMSP', 'PLANNED', 2));
  expect(newer.created).toBe(false);
  expect(newer.clients).toHaveLength(2);
  const older = withClient(newer.clients, client('EMSP', 'CONNECTED', 1));
  expect(older.clients).toEqual(newer.clients);
});

test.each([
  [['CONNECTED', 'OFFLINE'], 'connected'],
  [['OFFLINE'], 'away'],
  [['PLANNED'], 'away'],
  [['SUSPENDED', 'OFFLINE'], 'away'],
  [['SUSPENDED'], 'suspended'],
  [[], 'unknown'],
] as const)('a party that is %j is %s (HU-03)', (statuses, reach) => {
  const hubClients = statuses.map((status, index) => client(`R${index}`, status));
  expect(reachOf(hub({ hubClients }), { country_code: 'nl', party_id: 'aaa' })).toBe(reach);
});

test('who speaks for whom: up to 2.2.1 a hub has a role, later a party of its own (CR-04, CR-05, trap 55)', () => {
  const other = { country_code: 'FR', party_id: 'BBB' };
  const hubClients = [client('EMSP', 'CONNECTED')];
  const named = hub({ hubClients });
  expect([speaksFor(named, AAA), speaksFor(named, other)]).toEqual([true, false]);
  // The credentials of a hub of 2.2.1 do not tell who is behind it.
  expect(speaksFor(hub({}), other)).toBe(true);
  const roles = [{ ...AAA, role: 'EMSP', name: 'A' }];
  const later = hub({ version: '2.3.0', roles, hubParty: { country_code: 'DE', party_id: 'HUB' } });
  expect([speaksFor(later, AAA), speaksFor(later, other)]).toEqual([true, false]);
});
