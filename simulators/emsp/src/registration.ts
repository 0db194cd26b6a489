import { randomBytes } from 'node:crypto';
import { isObject, type Json, type JsonObject, listOf, textOf } from './json.js';
import type { PeerClient } from './peer-client.js';
import type { EmspState, PeerEndpoint } from './state.js';
import { type Party, TRAITS } from './version.js';

const TOKEN_BYTES = 24;

export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('hex');
}

/** Our credentials object (CR-01, CR-03). @param token what the CPO shall present to us. */
export function ownCredentials(state: EmspState, versionsUrl: string, token: string): JsonObject {
  const { country_code, party_id } = state.party;
  const business_details = { name: state.name };
  if (state.hubClients) {
    // CR-04, CR-05: up to 2.2.1 a hub names itself only, later all that it reaches.
    const role = (party: Party, name: string) => ({ role: name, business_details, ...partyOf(party) });
    return state.version === '2.2.1'
      ? { token, url: versionsUrl, roles: [role(state.party, 'HUB')] }
      : {
          token,
          url: versionsUrl,
          hub_party_id: `${country_code}${party_id}`,
          roles: state.hubClients.map((client) => role(client, 'EMSP')),
        };
  }
  return TRAITS[state.version].roles
    ? { token, url: versionsUrl, roles: [{ role: 'EMSP', business_details, party_id, country_code }] }
    : { token, url: versionsUrl, business_details, party_id, country_code };
}

function partyOf({ country_code, party_id }: Party): JsonObject {
  return { country_code, party_id };
}

/** Stores the CPO's side of the handshake: its token for us and its parties. */
export function acceptCredentials(state: EmspState, credentials: JsonObject): void {
  const token = textOf(credentials, 'token');
  if (token !== undefined) state.connection.outboundToken = token;
  const roles = TRAITS[state.version].roles ? listOf(credentials, 'roles') : [credentials];
  state.connection.parties = roles.flatMap((role): Party[] => {
    const country_code = textOf(role, 'country_code');
    const party_id = textOf(role, 'party_id');
    return country_code === undefined || party_id === undefined ? [] : [{ country_code, party_id }];
  });
}

/**
 * Reads the CPO's versions and the details of our version, and stores its endpoints.
 * @throws Error when the CPO does not offer our version.
 */
export async function readEndpoints(
  state: EmspState,
  client: PeerClient,
  versionsUrl: string,
  token: string,
): Promise<void> {
  const versions = await client.request({ method: 'GET', url: versionsUrl, module: 'versions', token });
  const own = objects(versions.data).find((entry) => textOf(entry, 'version') === state.version);
  const detailsUrl = own && textOf(own, 'url');
  if (detailsUrl === undefined) throw new Error(`the CPO does not offer OCPI ${state.version}`);
  const details = await client.request({ method: 'GET', url: detailsUrl, module: 'versions', token });
  const listed = isObject(details.data) ? listOf(details.data, 'endpoints') : [];
  state.connection.endpoints = listed.flatMap((endpoint): PeerEndpoint[] => {
    const identifier = textOf(endpoint, 'identifier');
    const url = textOf(endpoint, 'url');
    const role = textOf(endpoint, 'role');
    if (identifier === undefined || url === undefined) return [];
    return [{ identifier, url, ...(role === undefined ? {} : { role }) }];
  });
}

/** We register with the CPO (CR-11): its token A is used for the last time by the POST of our credentials. */
export async function register(
  state: EmspState,
  client: PeerClient,
  ownVersionsUrl: string,
  cpo: { versionsUrl: string; tokenA: string; signal?: AbortSignal },
): Promise<void> {
  await readEndpoints(state, client, cpo.versionsUrl, cpo.tokenA);
  const tokenB = newToken();
  // CR-11: the CPO calls back with it while our POST is still open.
  state.connection.inboundTokens.push(tokenB);
  const credentials = state.connection.endpoints.find((endpoint) => endpoint.identifier === 'credentials');
  if (!credentials) throw new Error('the CPO lists no credentials endpoint');
  const answer = await client.request({
    method: 'POST',
    url: credentials.url,
    module: 'credentials',
    token: cpo.tokenA,
    ...(cpo.signal === undefined ? {} : { signal: cpo.signal }),
    body: ownCredentials(state, ownVersionsUrl, tokenB),
  });
  if (!isObject(answer.data)) throw new Error('the CPO answered no credentials');
  acceptCredentials(state, answer.data);
  state.connection.inboundTokens = [tokenB];
}

/** We replace both tokens (CR-20); the old one of ours is good until the CPO has answered. */
export async function rotate(state: EmspState, client: PeerClient, ownVersionsUrl: string): Promise<void> {
  const token = newToken();
  state.connection.inboundTokens.push(token);
  const answer = await client.request({
    method: 'PUT',
    url: client.endpoint('credentials', 'SENDER'),
    module: 'credentials',
    body: ownCredentials(state, ownVersionsUrl, token),
  });
  if (!isObject(answer.data)) throw new Error('the CPO answered no credentials');
  acceptCredentials(state, answer.data);
  state.connection.inboundTokens = [token];
}

/** Party that owns a pushed object, if the object names one. */
export function partyIn(object: Json | undefined): Party | undefined {
  if (!isObject(object)) return undefined;
  const country_code = textOf(object, 'country_code');
  const party_id = textOf(object, 'party_id');
  return country_code === undefined || party_id === undefined ? undefined : { country_code, party_id };
}

export function objects(data: Json | undefined): JsonObject[] {
  return Array.isArray(data) ? data.filter(isObject) : [];
}
