import type { SentCommand } from './commands.js';
import type { Finding } from './conformance/findings.js';
import type { InboundRequest } from './http/exchange.js';
import type { RequestMatcher, Responder } from './http/faults.js';
import type { Certificate, ConnectionHandler } from './http/listener.js';
import type { JsonObject } from './json.js';
import type { PeerAnswer } from './peer-client.js';
import type { Pulled, PulledModule, PullQuery } from './pull.js';
import type { HubClient, ObjectKind, ReceivedCommandResult } from './state.js';
import type { TokenInput } from './tokens.js';
import type { OcpiVersion, Party } from './version.js';

export interface EmspOptions extends Party {
  version: OcpiVersion;
  /** Default 0 = any free port. */
  port?: number;
  name: string;
  /** Serves https with this certificate. */
  tls?: Certificate;
  /** The platform is a hub: its own party stands for it, and these eMSPs are reached through it. Not in 2.1.1. */
  hub?: { clients: HubClient[] };
  /** Known from the start, not pushed. */
  tokens?: TokenInput[];
  /** Objects and requests of each kind that are kept, default 10000. */
  kept?: number;
  /** Called with every object that the CPO pushed and we took, after a PATCH with the whole object. */
  onStored?: (kind: ObjectKind, object: JsonObject) => void;
}

export interface StartSessionInput {
  location_id: string;
  evse_uid?: string;
  /** Not in 2.1.1. */
  connector_id?: string;
  token: TokenInput;
  /** Not in 2.1.1. */
  authorization_reference?: string;
}

export interface ReserveNowInput extends Omit<StartSessionInput, 'connector_id'> {
  expiry_date: string;
  /** An integer in 2.1.1. */
  reservation_id: string | number;
}

/** A simulated eMSP that checks everything the CPO sends against the specification. */
export interface Emsp {
  readonly version: OcpiVersion;
  readonly party: Party;
  readonly name: string;
  /** Versions URL. */
  readonly url: string;
  /** Every request of the CPO, also those that were refused; oldest first. */
  readonly requests: readonly InboundRequest[];
  /** By id. */
  readonly locations: ReadonlyMap<string, JsonObject>;
  readonly sessions: ReadonlyMap<string, JsonObject>;
  readonly cdrs: ReadonlyMap<string, JsonObject>;
  readonly tariffs: ReadonlyMap<string, JsonObject>;
  /** Our own tokens by uid, as they are listed. */
  readonly tokens: Map<string, JsonObject>;
  readonly commandResults: readonly ReceivedCommandResult[];
  /** Departures of the CPO from the specification; empty when all is well. */
  readonly conformance: readonly Finding[];
  isRegistered(): boolean;
  /**
   * We register with the CPO. @param signal gives up waiting for the answer to our credentials.
   * @throws PeerRefusal or the error of the transport.
   */
  register(cpoVersionsUrl: string, tokenA: string, signal?: AbortSignal): Promise<void>;
  /** Token A for a CPO that registers with us. */
  offerRegistration(): { versionsUrl: string; token: string };
  /** PUT of our credentials with a new token for the CPO to use. @throws PeerRefusal */
  rotate(): Promise<void>;
  /** DELETE of the credentials. */
  unregister(): Promise<void>;
  /** PUT of a token, which is known from now on. @throws PeerRefusal */
  pushToken(token: TokenInput): Promise<PeerAnswer>;
  /** A hub tells the CPO how a party behind it is (HU-01). @throws PeerRefusal */
  setClient(client: HubClient): Promise<PeerAnswer>;
  /** PATCH of some members; last_updated is added. @throws PeerRefusal */
  patchToken(uid: string, patch: JsonObject): Promise<PeerAnswer>;
  startSession(input: StartSessionInput): Promise<SentCommand>;
  stopSession(sessionId: string): Promise<SentCommand>;
  reserveNow(input: ReserveNowInput): Promise<SentCommand>;
  cancelReservation(reservationId: string): Promise<SentCommand>;
  unlockConnector(input: {
    location_id: string;
    evse_uid: string;
    connector_id: string;
  }): Promise<SentCommand>;
  /**
   * Any command with any body; the response URL is added.
   * @param from the eMSP behind a hub that asks; default the owner of the token or session in the body.
   */
  command(command: string, body: JsonObject, from?: Party): Promise<SentCommand>;
  pull(module: PulledModule, query?: PullQuery): Promise<Pulled>;
  /** Any request to the CPO below the URL of one of its modules, without judging the answer. */
  send(
    method: string,
    module: string,
    role: 'SENDER' | 'RECEIVER',
    path: string,
    body?: JsonObject,
    /** In place of our own. */
    headers?: Record<string, string>,
  ): Promise<PeerAnswer>;
  /** Answers matching requests by script. @returns a function that takes the script away. */
  respondWith(matcher: RequestMatcher, responder: Responder): () => void;
  /** Cuts all connections and hands new ones to a handler; undefined = they are served again. */
  connectWith(handler: ConnectionHandler | undefined): void;
  /** Another certificate for new connections. */
  present(certificate: Certificate): void;
  /** URL of a module of the CPO, and the Authorization header for it: for requests that go wrong on purpose. */
  endpoint(module: string, role: 'SENDER' | 'RECEIVER'): string;
  authorization(): string;
  /** Stops listening; connections of the CPO are cut. */
  down(): Promise<void>;
  /** Listens again on the same port. */
  up(): Promise<void>;
  close(): Promise<void>;
}
