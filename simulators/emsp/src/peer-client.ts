import { randomUUID } from 'node:crypto';
import { answerFaults } from './conformance/answer-rules.js';
import { responseFaults } from './conformance/header-rules.js';
import { isObject, type Json, numberOf, parseJson, textOf } from './json.js';
import type { EmspState, PeerEndpoint } from './state.js';
import { authorization, type OcpiVersion, type Party, TRAITS } from './version.js';

const REQUEST_TIMEOUT_MS = 35_000;

/** Answer of the CPO, with the members of the OCPI envelope. */
export interface PeerAnswer {
  httpStatus: number;
  headers: Headers;
  /** Undefined when the body is no OCPI envelope. */
  statusCode: number | undefined;
  statusMessage: string | undefined;
  data: Json | undefined;
}

export interface PeerCall {
  method: string;
  url: string;
  module: string;
  body?: Json;
  /** Party of the CPO that is addressed; absent on configuration modules. */
  to?: Party;
  /** In place of the token of the registration. */
  token?: string;
  /** In place of the headers of the version. */
  headers?: Record<string, string>;
  /** Form of the Authorization header, default that of the eMSP's version. */
  authorizeAs?: OcpiVersion;
  /** Gives up waiting for the answer. */
  signal?: AbortSignal;
}

/** The CPO answered, but not with success (ST-30). */
export class PeerRefusal extends Error {
  readonly answer: PeerAnswer;
  constructor(what: string, answer: PeerAnswer) {
    super(
      `${what} failed: HTTP ${answer.httpStatus}, OCPI ${answer.statusCode} ${answer.statusMessage ?? ''}`,
    );
    this.name = 'PeerRefusal';
    this.answer = answer;
  }
}

/** Requests to the CPO, with the headers of the version and a check of every answer. */
export interface PeerClient {
  /** @throws the error of the transport; any answer is returned as it is. */
  send(call: PeerCall): Promise<PeerAnswer>;
  /** @throws PeerRefusal unless HTTP is 2xx and the OCPI status is 1xxx. */
  request(call: PeerCall): Promise<PeerAnswer>;
  /** Authorization header of the registration. @throws Error when there is none. */
  authorization(): string;
  /** URL of a module of the CPO. @throws Error when the CPO does not offer it. */
  endpoint(identifier: string, role: 'SENDER' | 'RECEIVER'): string;
}

export function createPeerClient(state: EmspState): PeerClient {
  function ownToken(): string {
    const token = state.connection.outboundToken;
    if (token === undefined) throw new Error(`${state.name} is not registered with the CPO`);
    return token;
  }

  async function send(call: PeerCall): Promise<PeerAnswer> {
    const token = call.token ?? ownToken();
    const headers = requestHeaders(state, call, authorization(call.authorizeAs ?? state.version, token));
    const response = await fetch(call.url, {
      method: call.method,
      headers,
      redirect: 'error',
      signal: AbortSignal.any([
        AbortSignal.timeout(REQUEST_TIMEOUT_MS),
        ...(call.signal === undefined ? [] : [call.signal]),
      ]),
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    });
    const envelope = parseJson(await response.text());
    const where = `${call.method} ${new URL(call.url).pathname}`;
    if (TRAITS[state.version].routing)
      state.findings.add(
        where,
        responseFaults({ request: headers, response: response.headers, module: call.module }),
      );
    const { method, module } = call;
    const segments = segmentsOf(state, call);
    state.findings.add(
      where,
      answerFaults({ method, module, segments, version: state.version, body: envelope }),
    );
    const statusCode = isObject(envelope) ? numberOf(envelope, 'status_code') : undefined;
    return {
      httpStatus: response.status,
      headers: response.headers,
      statusCode,
      statusMessage: isObject(envelope) ? textOf(envelope, 'status_message') : undefined,
      data: isObject(envelope) ? envelope.data : undefined,
    };
  }

  return {
    send,
    async request(call) {
      const answer = await send(call);
      const { httpStatus, statusCode } = answer;
      const success = httpStatus >= 200 && httpStatus < 300 && statusCode !== undefined && statusCode < 2000;
      if (!success) throw new PeerRefusal(`${call.method} ${call.url}`, answer);
      return answer;
    },
    authorization: () => authorization(state.version, ownToken()),
    endpoint(identifier, role) {
      const matches = (endpoint: PeerEndpoint) =>
        endpoint.identifier === identifier && (endpoint.role === undefined || endpoint.role === role);
      const endpoint = state.connection.endpoints.find(matches);
      if (!endpoint) throw new Error(`the CPO offers no ${identifier} ${role} in ${state.version}`);
      return endpoint.url.replace(/\/$/, '');
    },
  };
}

/** Path of a request below the URL of its module. */
function segmentsOf({ connection }: EmspState, { module, url }: PeerCall): string[] {
  const path = new URL(url).pathname;
  const paths = connection.endpoints
    .filter(({ identifier }) => identifier === module)
    .map((endpoint) => new URL(endpoint.url).pathname.replace(/\/$/, ''));
  const base = paths.find((each) => path.startsWith(each)) ?? '';
  return path
    .slice(base.length)
    .split('/')
    .filter((segment) => segment !== '');
}

function requestHeaders(state: EmspState, call: PeerCall, authorizationValue: string): Headers {
  const headers = new Headers({
    Authorization: authorizationValue,
    'X-Request-ID': randomUUID(),
    'X-Correlation-ID': randomUUID(),
  });
  if (call.body !== undefined) headers.set('Content-Type', 'application/json');
  if (TRAITS[state.version].routing && call.to) {
    headers.set('OCPI-from-country-code', state.party.country_code);
    headers.set('OCPI-from-party-id', state.party.party_id);
    headers.set('OCPI-to-country-code', call.to.country_code);
    headers.set('OCPI-to-party-id', call.to.party_id);
  }
  for (const [name, value] of Object.entries(call.headers ?? {})) headers.set(name, value);
  return headers;
}
