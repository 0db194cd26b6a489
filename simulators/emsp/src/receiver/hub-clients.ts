import { methodNotAllowed, notFound, ok } from '../http/exchange.js';
import type { JsonObject } from '../json.js';
import type { HubClient } from '../state.js';
import { dateTime } from '../tokens.js';
import type { ModuleHandler } from './request.js';

/** ClientInfo (HU-02). */
export function clientInfo({ country_code, party_id, status }: HubClient): JsonObject {
  return { country_code, party_id, role: 'EMSP', status, last_updated: dateTime() };
}

/** HubClientInfo sender: the list of the parties behind a hub (HU-05). */
export const hubClients: ModuleHandler = ({ state, request, segments }) => {
  if (!state.hubClients || segments.length > 0) return notFound('no such resource', 2000);
  if (request.method !== 'GET') return methodNotAllowed();
  const list = state.hubClients.map(clientInfo);
  return ok(list, { 'X-Total-Count': String(list.length), 'X-Limit': String(Math.max(1, list.length)) });
};
