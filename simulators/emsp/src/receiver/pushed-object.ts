import { requestType } from '../conformance/body-types.js';
import { checkObject } from '../conformance/check-object.js';
import { type Reply, refused } from '../http/exchange.js';
import { isObject, type JsonObject, textOf } from '../json.js';
import { TRAITS } from '../version.js';
import type { ModuleRequest } from './request.js';

/** Result of the checks: the object, or the refusal that is answered. */
export type Checked = { object: JsonObject } | { refusal: Reply };

/** Checks the body of a PUT or POST against the property tables (ST-02, ST-08). */
export function checkedObject(call: ModuleRequest): Checked {
  const { body } = call.request;
  const type = bodyType(call);
  if (!isObject(body)) {
    call.fault(`${type}: the body must be a JSON object`);
    return { refusal: refused(2001, 'body must be a JSON object', 400) };
  }
  const faults = checkObject(body, { version: call.state.version, type });
  call.fault(...faults);
  return faults.length > 0 ? { refusal: refused(2001, faults.join('; ')) } : { object: body };
}

/** Checks the body of a PATCH (ME-02, ME-03). */
export function checkedPatch(call: ModuleRequest): Checked {
  const { body } = call.request;
  const type = bodyType(call);
  if (!isObject(body)) {
    call.fault(`${type} PATCH: the body must be a JSON object`);
    return { refusal: refused(2001, 'body must be a JSON object', 400) };
  }
  const faults = checkObject(body, { version: call.state.version, type, partial: true });
  if (TRAITS[call.state.version].strictPatch && textOf(body, 'last_updated') === undefined)
    faults.push(`${type} PATCH lacks last_updated (ME-03)`);
  if (Object.keys(body).length === 0) faults.push(`${type} PATCH is empty`);
  call.fault(...faults);
  return faults.length > 0 ? { refusal: refused(2001, faults.join('; ')) } : { object: body };
}

function bodyType({ state, request, module, segments }: ModuleRequest): string {
  const type = requestType(state.version, { method: request.method, module, segments });
  if (type === undefined) throw new Error(`${request.method} ${module} has no body`);
  return type;
}

/** What the property tables say about the body of a request, if it has one. */
export function bodyFaults({ state, request, module, segments }: Omit<ModuleRequest, 'fault'>): string[] {
  const { method, body } = request;
  const type = requestType(state.version, { method, module, segments });
  if (type === undefined || body === undefined) return [];
  return checkObject(body, { version: state.version, type, partial: method === 'PATCH' });
}

/** ST-09, TR-033: what the URL says about an object, its body says too. */
export function urlFaults(object: JsonObject, url: Record<string, string | undefined>): string[] {
  return Object.entries(url).flatMap(([name, inUrl]) => {
    const inBody = textOf(object, name);
    return inBody === undefined || inUrl === undefined || inBody.toUpperCase() === inUrl.toUpperCase()
      ? []
      : [`${name} is ${inUrl} in the URL and ${inBody} in the body (TR-031)`];
  });
}

/** The object with the members of the patch; null takes a member away. */
export function merged(object: JsonObject, patch: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries({ ...object, ...patch }).filter(([, value]) => value !== null));
}
