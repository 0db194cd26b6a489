import type { ProfileAnswer } from '@roambridge/core';
import { invalid } from '../errors.js';
import type { Endpoint, Exchange, ModulePorts, Reply } from '../server/exchange.js';
import type { VersionAdapter } from '../versions/adapter.js';
import { requireResponseUrl, responseUrlOf } from './response-url.js';

/** ChargingProfiles, receiver interface (OCPI CP-01); empty where the version has no such module. */
export function chargingProfiles(ports: ModulePorts, adapter: VersionAdapter): Endpoint[] {
  const { edge } = ports;
  if (adapter.chargingProfiles === undefined) {
    return [];
  }
  const { fromWire } = adapter.chargingProfiles;

  async function put(exchange: Exchange): Promise<Reply> {
    const { partner, correlationId, requester } = exchange;
    const request = fromWire(await exchange.body());
    await requireResponseUrl(ports, request.response_url);
    return answer(
      await edge.setProfile(
        partner,
        { ...request, session_id: sessionIn(exchange) },
        correlationId,
        requester,
      ),
    );
  }

  async function clear(exchange: Exchange): Promise<Reply> {
    const { partner, query, correlationId, requester } = exchange;
    const response_url = responseUrlOf(query, []);
    await requireResponseUrl(ports, response_url);
    return answer(
      await edge.clearProfile(
        partner,
        { response_url, session_id: sessionIn(exchange) },
        correlationId,
        requester,
      ),
    );
  }

  async function get(exchange: Exchange): Promise<Reply> {
    const { partner, query, correlationId, requester } = exchange;
    const response_url = responseUrlOf(query, ['duration']);
    const duration = durationIn(query);
    await requireResponseUrl(ports, response_url);
    return answer(
      await edge.getProfile(
        partner,
        { response_url, session_id: sessionIn(exchange), duration },
        correlationId,
        requester,
      ),
    );
  }

  function answer({ result, timeoutSeconds }: ProfileAnswer): Reply {
    return { data: { result, timeout: timeoutSeconds } }; // OCPI CP-03
  }

  return [{ path: '/:session_id', methods: { GET: get, PUT: put, DELETE: clear } }];
}

function sessionIn({ params }: Exchange): string {
  return params.session_id ?? '';
}

function durationIn(query: URLSearchParams): number {
  const text = query.get('duration');
  if (text === null) {
    throw invalid('duration', 'is required');
  }
  const seconds = Number(text);
  if (!/^\d{1,9}$/.test(text) || seconds === 0) {
    throw invalid('duration', 'must be a number of seconds above 0');
  }
  return seconds;
}
