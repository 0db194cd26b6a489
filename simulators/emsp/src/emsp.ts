import { type SentCommand, sendCommand } from './commands.js';
import { createFindings } from './conformance/findings.js';
import type { Emsp, EmspOptions, StartSessionInput } from './handle.js';
import type { InboundRequest } from './http/exchange.js';
import { createScriptedFaults } from './http/faults.js';
import { type Listener, startListener } from './http/listener.js';
import { type JsonObject, textOf } from './json.js';
import { createPeerClient, type PeerAnswer } from './peer-client.js';
import { pull } from './pull.js';
import { clientInfo } from './receiver/hub-clients.js';
import { newToken, partyIn, register, rotate } from './registration.js';
import { createRouter } from './router.js';
import type { EmspState } from './state.js';
import { dateTime, type TokenInput, tokenObject } from './tokens.js';
import { type Party, TRAITS } from './version.js';

const DEFAULT_KEPT = 10_000;

/** Starts a simulated eMSP on 127.0.0.1. */
export async function startEmsp(options: EmspOptions): Promise<Emsp> {
  const { version, name } = options;
  const party = { country_code: options.country_code, party_id: options.party_id };
  const objectsKept = options.kept ?? DEFAULT_KEPT;
  const state: EmspState = {
    version,
    party,
    name,
    connection: { inboundTokens: [], endpoints: [], parties: [] },
    ...(options.hub ? { hubClients: [...options.hub.clients] } : {}),
    findings: createFindings(),
    locations: new Map(),
    sessions: new Map(),
    cdrs: new Map(),
    tariffs: new Map(),
    tokens: new Map(),
    commandResults: [],
    pendingCommands: new Map(),
    objectsKept,
    ...(options.onStored ? { onStored: options.onStored } : {}),
  };
  const wire = (token: TokenInput) => tokenObject(version, party, name, token);
  for (const token of options.tokens ?? []) state.tokens.set(token.uid, wire(token));

  const requests: InboundRequest[] = [];
  const faults = createScriptedFaults();
  const client = createPeerClient(state);
  let listener: Listener | undefined;
  const origin = () => listener?.origin ?? '';
  const router = createRouter({ state, client, origin });
  const listening = await startListener({
    port: options.port ?? 0,
    ...(options.tls ? { tls: options.tls } : {}),
    faults,
    serve: router.serve,
    observe: router.observe,
    record(request) {
      requests.push(request);
      if (requests.length > objectsKept) requests.shift();
    },
  });
  listener = listening;

  const command = (name: string, body: JsonObject, from?: Party): Promise<SentCommand> =>
    sendCommand({
      state,
      client,
      responseUrl: router.moduleUrl('commands'),
      command: name,
      body,
      ...(from ? { from } : {}),
    });

  function sessionBody(input: Omit<StartSessionInput, 'token'> & { token: TokenInput }): JsonObject {
    const { token, ...rest } = input;
    return { ...rest, token: wire(token) };
  }

  function sendToken(method: 'PUT' | 'PATCH', uid: string, body: JsonObject): Promise<PeerAnswer> {
    const [to] = state.connection.parties;
    const type = textOf(state.tokens.get(uid) ?? {}, 'type');
    // TO-01: the type belongs to the identity of a token, RFID is the default.
    const query = TRAITS[version].roles && type !== undefined && type !== 'RFID' ? `?type=${type}` : '';
    const owner = partyIn(body) ?? partyIn(state.tokens.get(uid)) ?? party;
    const path = [owner.country_code, owner.party_id, uid].map(encodeURIComponent).join('/');
    return client.request({
      method,
      url: `${client.endpoint('tokens', 'RECEIVER')}/${path}${query}`,
      module: 'tokens',
      body,
      // RT-05: a hub passes on what its parties send, in their name.
      headers: {
        ...(to && TRAITS[version].routing
          ? { 'OCPI-from-country-code': owner.country_code, 'OCPI-from-party-id': owner.party_id }
          : {}),
      },
      ...(to ? { to } : {}),
    });
  }

  return {
    version,
    party,
    name,
    url: router.versionsUrl(),
    requests,
    locations: state.locations,
    sessions: state.sessions,
    cdrs: state.cdrs,
    tariffs: state.tariffs,
    commandResults: state.commandResults,
    conformance: state.findings.list,
    tokens: state.tokens,
    isRegistered: () => state.connection.outboundToken !== undefined,
    register: (versionsUrl, tokenA, signal) =>
      register(state, client, router.versionsUrl(), {
        versionsUrl,
        tokenA,
        ...(signal === undefined ? {} : { signal }),
      }),
    rotate: () => rotate(state, client, router.versionsUrl()),
    offerRegistration() {
      const token = newToken();
      state.connection.offeredToken = token;
      return { versionsUrl: router.versionsUrl(), token };
    },
    async unregister() {
      await client.request({
        method: 'DELETE',
        url: client.endpoint('credentials', 'SENDER'),
        module: 'credentials',
      });
      state.connection.inboundTokens = [];
      delete state.connection.outboundToken;
    },
    async pushToken(token) {
      const object = wire(token);
      state.tokens.set(token.uid, object);
      return sendToken('PUT', token.uid, object);
    },
    setClient({ country_code, party_id, status }) {
      const { hubClients } = state;
      if (!hubClients) throw new Error(`${name} is no hub`);
      const at = hubClients.findIndex((client) => client.party_id === party_id);
      hubClients.splice(at < 0 ? hubClients.length : at, 1, { country_code, party_id, status });
      return client.request({
        method: 'PUT',
        url: `${client.endpoint('hubclientinfo', 'RECEIVER')}/${country_code}/${party_id}`,
        module: 'hubclientinfo',
        body: clientInfo({ country_code, party_id, status }),
      });
    },
    async patchToken(uid, patch) {
      const body = { last_updated: dateTime(), ...patch };
      state.tokens.set(uid, { ...state.tokens.get(uid), ...body });
      return sendToken('PATCH', uid, body);
    },
    startSession: (input) => command('START_SESSION', sessionBody(input)),
    stopSession: (session_id) => command('STOP_SESSION', { session_id }),
    reserveNow: ({ expiry_date, reservation_id, ...input }) =>
      command('RESERVE_NOW', { ...sessionBody(input), expiry_date, reservation_id }),
    cancelReservation: (reservation_id) => command('CANCEL_RESERVATION', { reservation_id }),
    unlockConnector: (input) => command('UNLOCK_CONNECTOR', { ...input }),
    command,
    pull: (module, query = {}) => pull(state, client, module, query),
    send(method, module, role, path, body, headers) {
      const [to] = state.connection.parties;
      return client.send({
        method,
        url: `${client.endpoint(module, role)}${path}`,
        module,
        ...(body === undefined ? {} : { body }),
        ...(headers ? { headers } : {}),
        ...(to ? { to } : {}),
      });
    },
    respondWith: (matcher, responder) => faults.add(matcher, responder),
    connectWith: (handler) => listening.connectWith(handler),
    present: (certificate) => listening.present(certificate),
    endpoint: (module, role) => client.endpoint(module, role),
    authorization: () => client.authorization(),
    down: () => listening.down(),
    up: () => listening.up(),
    close: () => listening.down(),
  };
}
