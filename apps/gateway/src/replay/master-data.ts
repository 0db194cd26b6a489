import type { Core, Log, Partner } from '@roambridge/core';
import { createOperatorEdge } from '@roambridge/operator';
import type { ReplayInput } from './recording.js';

export const PARTNER_URL = 'https://partner.example/ocpi';
const MODULES = ['cdrs', 'locations', 'sessions', 'tariffs'];
const DEFAULT_PARTY = { country_code: 'NL', party_id: 'MSP' };

/** Enters stations and master data through the operator API, which checks them. */
export async function enterMasterData(
  core: Core,
  { data, station }: ReplayInput,
  token: string,
  log: Log,
): Promise<void> {
  const metrics = { expose: async () => '' };
  const operator = createOperatorEdge({ edge: core.operator, log, metrics, port: 0, host: '127.0.0.1' });
  const { port } = await operator.listen();
  const put = async (path: string, body: unknown) => {
    const response = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new ReplayRefused(`${decodeURIComponent(path)}: ${await response.text()}`);
  };
  try {
    for (const id of new Set([station, ...data.flatMap(({ body }) => stationsOf(body))])) {
      await put(`/stations/${encodeURIComponent(id)}`, { security_profile: 0 });
    }
    // What others refer to comes first.
    for (const kind of ['/tariffs/', '/locations/', '/tokens/']) {
      for (const { path, body } of data) if (path.startsWith(kind)) await put(path, body);
    }
  } finally {
    await operator.close();
  }
}

/** The record or its master data cannot be used. */
export class ReplayRefused extends Error {}

function stationsOf(body: Record<string, unknown>): string[] {
  const evses = Array.isArray(body.evses) ? body.evses : [];
  return evses.flatMap((evse: { ocpp?: { station_id?: unknown } } | null) => {
    const id = evse?.ocpp?.station_id;
    return typeof id === 'string' ? [id] : [];
  });
}

function partyIn(path: string): { country_code: string; party_id: string } | undefined {
  const [, , country_code, party_id] = path.split('/');
  return country_code && party_id ? { country_code, party_id } : undefined;
}

/** The parties of locations and tariffs. */
export function hostedParties({ data }: ReplayInput) {
  const parties = new Map<string, { country_code: string; party_id: string; name: string }>();
  for (const { path } of data) {
    const party = path.startsWith('/tokens/') ? undefined : partyIn(path);
    if (party) parties.set(`${party.country_code}*${party.party_id}`, { ...party, name: 'Replay' });
  }
  return [...parties.values()];
}

/** One partner that owns all the tokens and takes everything. */
export function partnerOf({ data, version }: ReplayInput, now: number): Partner {
  const owners = data.flatMap(({ path }) => (path.startsWith('/tokens/') ? (partyIn(path) ?? []) : []));
  const parties = new Map(
    (owners.length > 0 ? owners : [DEFAULT_PARTY]).map((party) => [
      `${party.country_code}*${party.party_id}`,
      party,
    ]),
  );
  return {
    id: 'replay',
    name: 'Replay',
    status: 'registered',
    version,
    roles: [...parties.values()].map((party) => ({ role: 'EMSP', ...party, name: 'Replay' })),
    endpoints: MODULES.map((identifier) => ({
      identifier,
      role: 'RECEIVER',
      url: `${PARTNER_URL}/${identifier}`,
    })),
    outboundToken: 'replay',
    inboundToken: 'replay',
    createdAt: now,
    registeredAt: now,
  };
}
