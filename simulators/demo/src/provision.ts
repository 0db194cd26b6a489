import { randomBytes } from 'node:crypto';
import { location, PARTY, STATIONS, tariffs } from './fleet.js';
import type { OperatorClient } from './operator-client.js';

/** Bytes of a charger's password; twice as many characters, the 20 that OCPP 1.6 allows. */
const PASSWORD_BYTES = 10;

/** Enters tariffs, chargers and the location. @returns the passwords by station id. */
export async function provision(operator: OperatorClient): Promise<ReadonlyMap<string, string>> {
  const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  const path = (id: string) => `${PARTY.country_code}/${PARTY.party_id}/${encodeURIComponent(id)}`;
  for (const tariff of tariffs(now)) await operator.put(`/tariffs/${path(idOf(tariff))}`, tariff);
  const passwords = new Map<string, string>();
  for (const { id, name, protocol } of STATIONS) {
    const password = randomBytes(PASSWORD_BYTES).toString('hex');
    passwords.set(id, password);
    await operator.put(`/stations/${encodeURIComponent(id)}`, {
      security_profile: 1,
      password,
      name,
      protocols: [protocol],
    });
  }
  const place = location(now);
  await operator.put(`/locations/${path(idOf(place))}`, place);
  return passwords;
}

function idOf(object: object): string {
  return 'id' in object ? String(object.id) : '';
}
