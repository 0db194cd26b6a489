import { methodNotAllowed, notFound, ok } from '../http/exchange.js';
import { checkedObject } from './pushed-object.js';
import type { ModuleHandler } from './request.js';

/** What a result may be the answer to. */
const RESULTS = ['set', 'clear', 'get'];

/** ChargingProfiles, sender interface: results at `results/{set|clear|get}/{id}`, and active profiles (CP-03, CP-20). */
export const chargingProfiles: ModuleHandler = (call) => {
  const { request, segments } = call;
  const [first, kind] = segments;
  if (first === undefined) return notFound('no such resource', 2000);
  if (first !== 'results') {
    if (request.method !== 'PUT') return methodNotAllowed();
    const checked = checkedObject(call);
    return 'refusal' in checked ? checked.refusal : ok();
  }
  if (kind === undefined || !RESULTS.includes(kind)) return notFound('no such resource', 2000);
  if (request.method !== 'POST') return methodNotAllowed();
  const checked = checkedObject(call);
  return 'refusal' in checked ? checked.refusal : ok();
};
