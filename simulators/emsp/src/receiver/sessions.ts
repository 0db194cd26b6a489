import { sessionFaults } from '../conformance/session-rules.js';
import { created, methodNotAllowed, notFound, ok, type Reply, refused } from '../http/exchange.js';
import { type JsonObject, listOf } from '../json.js';
import { keep } from '../state.js';
import { TRAITS } from '../version.js';
import { checkedObject, checkedPatch, merged, urlFaults } from './pushed-object.js';
import type { ModuleHandler, ModuleRequest } from './request.js';

/** Sessions receiver: `{country_code}/{party_id}/{session_id}` (SE-02). */
export const sessions: ModuleHandler = (call) => {
  const [country_code, party_id, id, ...rest] = call.segments;
  if (id === undefined || rest.length > 0) return notFound('no such resource', 2000);
  const before = call.state.sessions.get(id);
  switch (call.request.method) {
    case 'GET':
      return before ? ok(before) : notFound('unknown session');
    case 'PUT':
      return put(call, id, before, { country_code, party_id, id });
    case 'PATCH':
      return patch(call, id, before);
    default:
      return methodNotAllowed();
  }
};

function put(
  call: ModuleRequest,
  id: string,
  before: JsonObject | undefined,
  url: Record<string, string | undefined>,
): Reply {
  const checked = checkedObject(call);
  if ('refusal' in checked) return checked.refusal;
  const faults = [
    ...urlFaults(checked.object, url),
    ...sessionFaults(checked.object, call.state.version, before),
  ];
  call.fault(...faults);
  if (faults.length > 0) return refused(2001, faults.join('; '));
  keep(call.state, 'sessions', id, checked.object);
  return before ? ok() : created();
}

function patch(call: ModuleRequest, id: string, before: JsonObject | undefined): Reply {
  const checked = checkedPatch(call);
  if ('refusal' in checked) return checked.refusal;
  if (!before) return notFound('unknown session');
  const session = merged(before, checked.object);
  // ME-04: a PATCH appends periods.
  if (TRAITS[call.state.version].strictPatch)
    session.charging_periods = [
      ...listOf(before, 'charging_periods'),
      ...listOf(checked.object, 'charging_periods'),
    ];
  const faults = sessionFaults(session, call.state.version, before);
  call.fault(...faults);
  if (faults.length > 0) return refused(2001, faults.join('; '));
  keep(call.state, 'sessions', id, session);
  return ok();
}
