import { locationFaults } from '../conformance/location-rules.js';
import { created, methodNotAllowed, notFound, ok, type Reply, refused } from '../http/exchange.js';
import { type JsonObject, listOf, textOf } from '../json.js';
import { keep } from '../state.js';
import { checkedObject, checkedPatch, merged, urlFaults } from './pushed-object.js';
import type { ModuleHandler, ModuleRequest } from './request.js';

/** OCPI status for a Location, EVSE or Connector that we do not have (ST-04, ST-07). */
const UNKNOWN_LOCATION = 2003;

const LEVELS = [
  { type: 'Location', list: undefined, key: 'id' },
  { type: 'EVSE', list: 'evses', key: 'uid' },
  { type: 'Connector', list: 'connectors', key: 'id' },
] as const;

/** Locations receiver: `{country_code}/{party_id}/{location_id}[/{evse_uid}[/{connector_id}]]` (LO-02). */
export const locations: ModuleHandler = (call) => {
  const [country_code, party_id, ...path] = call.segments;
  const level = LEVELS[path.length - 1];
  if (country_code === undefined || party_id === undefined || !level)
    return notFound('no such resource', 2000);
  const found = chain(call, path);
  const handler = METHODS[call.request.method];
  if (!handler) return methodNotAllowed();
  return handler(call, { path, level, found, url: { country_code, party_id } });
};

type Method = (call: ModuleRequest, target: Target) => Reply;

const METHODS: Record<string, Method> = { GET: read, PUT: put, PATCH: patch };

interface Target {
  path: string[];
  level: (typeof LEVELS)[number];
  /** Location, EVSE, Connector as far as they are known. */
  found: JsonObject[];
  url: { country_code: string; party_id: string };
}

function chain(call: ModuleRequest, path: string[]): JsonObject[] {
  const found: JsonObject[] = [];
  let object = call.state.locations.get(path[0] ?? '');
  for (let depth = 0; object; depth += 1) {
    found.push(object);
    const next = LEVELS[depth + 1];
    const id = path[depth + 1];
    object =
      next?.list !== undefined && id !== undefined
        ? listOf(object, next.list).find((child) => same(textOf(child, next.key), id))
        : undefined;
  }
  return found;
}

function read(_call: ModuleRequest, { path, found }: Target): Reply {
  const object = found[path.length - 1];
  return object ? ok(object) : notFound('unknown location', UNKNOWN_LOCATION);
}

function put(call: ModuleRequest, target: Target): Reply {
  const { path, level, found, url } = target;
  const checked = checkedObject(call);
  if ('refusal' in checked) return checked.refusal;
  const { object } = checked;
  const faults = urlFaults(object, { [level.key]: path.at(-1), ...(path.length === 1 ? url : {}) });
  if (path.length === 1) faults.push(...locationFaults(object, call.state.version));
  call.fault(...faults);
  if (faults.length > 0) return refused(2001, faults.join('; '));
  if (found.length < path.length - 1) return notFound('unknown parent', UNKNOWN_LOCATION);
  const isNew = found.length < path.length;
  store(call, target, object);
  return isNew ? created() : ok();
}

function patch(call: ModuleRequest, target: Target): Reply {
  const { path, found } = target;
  const checked = checkedPatch(call);
  if ('refusal' in checked) return checked.refusal;
  const object = found[path.length - 1];
  if (!object) return notFound('unknown location', UNKNOWN_LOCATION);
  store(call, target, merged(object, checked.object));
  return ok();
}

/** Puts the object into its parents and raises their last_updated (LO-04). */
function store(call: ModuleRequest, { path, found }: Target, object: JsonObject): void {
  const changed = textOf(object, 'last_updated');
  let child = object;
  for (let depth = path.length - 1; depth > 0; depth -= 1) {
    const parent = found[depth - 1] ?? {};
    const { list, key } = LEVELS[depth] ?? LEVELS[0];
    if (list === undefined) break;
    const siblings = listOf(parent, list);
    const at = siblings.findIndex((sibling) => same(textOf(sibling, key), path[depth] ?? ''));
    if (at >= 0) siblings[at] = child;
    else siblings.push(child);
    const before = textOf(parent, 'last_updated');
    child = {
      ...parent,
      [list]: siblings,
      ...(changed !== undefined && (before === undefined || before < changed)
        ? { last_updated: changed }
        : {}),
    };
  }
  keep(call.state, 'locations', path[0] ?? '', child);
}

function same(a: string | undefined, b: string): boolean {
  return a !== undefined && a.toUpperCase() === b.toUpperCase();
}
