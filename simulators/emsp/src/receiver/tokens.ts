import { methodNotAllowed, notFound, ok, type Reply, refused } from '../http/exchange.js';
import { isObject, type JsonObject, textOf } from '../json.js';
import { TRAITS } from '../version.js';
import { bodyFaults } from './pushed-object.js';
import type { ModuleHandler, ModuleRequest } from './request.js';

const PAGE_LIMIT = 100;
const UNKNOWN_TOKEN = 2004;

/** Tokens sender: the list, and `{token_uid}/authorize` (TO-06, TO-20). */
export const tokens: ModuleHandler = (call) => {
  const [uid, verb] = call.segments;
  if (uid === undefined) return call.request.method === 'GET' ? list(call) : methodNotAllowed();
  if (verb !== 'authorize') return notFound('no such resource', 2000);
  return call.request.method === 'POST' ? authorize(call, uid) : methodNotAllowed();
};

function list({ state, request, moduleUrl }: ModuleRequest): Reply {
  const offset = whole(request.query.get('offset'), 0);
  const limit = Math.min(whole(request.query.get('limit'), PAGE_LIMIT), PAGE_LIMIT);
  if (Number.isNaN(offset) || Number.isNaN(limit) || limit === 0) return refused(2001, 'bad offset or limit');
  const from = Date.parse(request.query.get('date_from') ?? '') || 0;
  const to = Date.parse(request.query.get('date_to') ?? '') || Number.POSITIVE_INFINITY;
  const matching = [...state.tokens.values()].filter((token) => {
    const updated = Date.parse(textOf(token, 'last_updated') ?? '');
    return updated >= from && updated < to;
  });
  const headers: Record<string, string> = {
    'X-Total-Count': String(matching.length),
    'X-Limit': String(PAGE_LIMIT),
  };
  if (offset + limit < matching.length) {
    const next = new URL(moduleUrl);
    for (const [name, value] of request.query) next.searchParams.set(name, value);
    next.searchParams.set('offset', String(offset + limit));
    next.searchParams.set('limit', String(limit));
    headers.Link = `<${next.href}>; rel="next"`;
  }
  return ok(matching.slice(offset, offset + limit), headers);
}

function authorize(call: ModuleRequest, uid: string): Reply {
  const { state, request } = call;
  const { body } = request;
  call.fault(...bodyFaults(call));
  const token = [...state.tokens.values()].find(
    (candidate) => textOf(candidate, 'uid')?.toUpperCase() === uid.toUpperCase(),
  );
  const modern = TRAITS[state.version].roles;
  if (!token) return notFound('unknown token', modern ? UNKNOWN_TOKEN : 2001);
  const info: JsonObject = {
    allowed: token.valid === true ? 'ALLOWED' : 'BLOCKED',
    ...(modern ? { token } : {}),
    ...(isObject(body) ? { location: body } : {}),
  };
  return ok(info);
}

function whole(text: string | null, fallback: number): number {
  if (text === null) return fallback;
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}
