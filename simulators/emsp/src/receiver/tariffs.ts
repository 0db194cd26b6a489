import { created, methodNotAllowed, notFound, ok, refused } from '../http/exchange.js';
import { keep } from '../state.js';
import { checkedObject, urlFaults } from './pushed-object.js';
import type { ModuleHandler } from './request.js';

/** Tariffs receiver: `{country_code}/{party_id}/{tariff_id}`; a change is a PUT (TA-01, TA-02). */
export const tariffs: ModuleHandler = (call) => {
  const { state, request, segments } = call;
  const [country_code, party_id, id, ...rest] = segments;
  if (id === undefined || rest.length > 0) return notFound('no such resource', 2000);
  const before = state.tariffs.get(id);
  switch (request.method) {
    case 'GET':
      return before ? ok(before) : notFound('unknown tariff');
    case 'DELETE':
      return state.tariffs.delete(id) ? ok() : notFound('unknown tariff');
    case 'PUT': {
      const checked = checkedObject(call);
      if ('refusal' in checked) return checked.refusal;
      const faults = urlFaults(checked.object, { country_code, party_id, id });
      call.fault(...faults);
      if (faults.length > 0) return refused(2001, faults.join('; '));
      keep(state, 'tariffs', id, checked.object);
      return before ? ok() : created();
    }
    default:
      if (request.method === 'PATCH') call.fault('Tariffs are never patched (TA-02)');
      return methodNotAllowed();
  }
};
