import type { ServerResponse } from 'node:http';
import type { InboundRequest } from './exchange.js';

/** Which requests a scripted answer is for; every given member must match. */
export interface RequestMatcher {
  method?: string;
  /** Part of the path, or a pattern of it. */
  path?: string | RegExp;
}

/** A scripted answer, sent as it is; of the request only the body is checked, unless told otherwise. */
export interface ScriptedReply {
  /** HTTP status, default 200. */
  status?: number;
  headers?: Record<string, string>;
  /** JSON value, or text that is sent verbatim. */
  body?: unknown;
  delayMs?: number;
  /** The request is served as usual first; then this is answered in place of what came of it. */
  served?: boolean;
  /** Nothing of the request is checked, for a load under which checks would take the time that is measured. */
  unchecked?: boolean;
  /** Cut the connection without an answer. */
  drop?: boolean;
  /** Answers by itself, byte by byte, or never; in place of status, headers and body. */
  write?: (response: ServerResponse) => void;
}

/** Makes the answer; undefined = the request is served as usual. */
export type Responder = (
  request: InboundRequest,
) => ScriptedReply | undefined | Promise<ScriptedReply | undefined>;

export interface ScriptedFaults {
  /** @returns a function that takes the script away. */
  add(matcher: RequestMatcher, responder: Responder): () => void;
  reply(request: InboundRequest): Promise<ScriptedReply | undefined>;
}

export function createScriptedFaults(): ScriptedFaults {
  const rules = new Set<{ matcher: RequestMatcher; responder: Responder }>();
  return {
    add(matcher, responder) {
      const rule = { matcher, responder };
      rules.add(rule);
      return () => rules.delete(rule);
    },
    async reply(request) {
      for (const { matcher, responder } of rules) {
        if (!matches(matcher, request)) continue;
        const reply = await responder(request);
        if (reply) return reply;
      }
      return undefined;
    },
  };
}

function matches({ method, path }: RequestMatcher, request: InboundRequest): boolean {
  if (method !== undefined && method !== request.method) return false;
  if (path === undefined) return true;
  return typeof path === 'string' ? request.path.includes(path) : path.test(request.path);
}
