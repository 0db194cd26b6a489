import { isDeepStrictEqual } from 'node:util';
import { cdrFaults } from '../conformance/cdr-rules.js';
import { created, methodNotAllowed, notFound, ok, refused } from '../http/exchange.js';
import { textOf } from '../json.js';
import { keep } from '../state.js';
import type { Party } from '../version.js';
import { checkedObject } from './pushed-object.js';
import type { ModuleHandler } from './request.js';

/** CDR receiver: POST to the module's URL, GET at the Location that the POST answered (CD-02). */
export const cdrs: ModuleHandler = (call) => {
  const { state, request, segments } = call;
  const [id] = segments;
  if (request.method === 'GET') {
    const cdr = id === undefined ? undefined : state.cdrs.get(id);
    return cdr ? ok(cdr) : notFound('unknown CDR');
  }
  if (request.method !== 'POST' || id !== undefined) return methodNotAllowed();

  const checked = checkedObject(call);
  if ('refusal' in checked) return checked.refusal;
  const { object } = checked;
  const cdrId = textOf(object, 'id') ?? '';
  const location = { Location: `${call.moduleUrl}/${encodeURIComponent(cdrId)}` };
  const known = state.cdrs.get(cdrId);
  // D3-031: the answer to the first POST may have been lost, the same CDR again is no fault.
  if (known && isDeepStrictEqual(known, object)) return ok(undefined, location);
  const faults = known
    ? [`CDR ${cdrId} was sent before with other contents (CD-04)`]
    : cdrFaults(object, state.version, addressee(request.headers) ?? state.party);
  call.fault(...faults);
  if (faults.length > 0) return refused(2001, faults.join('; '));
  keep(state, 'cdrs', cdrId, object);
  return created(location);
};

/** The party to which the request is routed, on a hub one of many. */
function addressee(headers: Record<string, string>): Party | undefined {
  const { 'ocpi-to-country-code': country_code, 'ocpi-to-party-id': party_id } = headers;
  return country_code === undefined || party_id === undefined ? undefined : { country_code, party_id };
}
