import type { Findings } from './conformance/findings.js';
import { type JsonObject, textOf } from './json.js';
import type { OcpiVersion, Party } from './version.js';

/** Endpoint of the CPO. */
export interface PeerEndpoint {
  identifier: string;
  /** Absent in 2.1.1. */
  role?: string;
  url: string;
}

/** Registration with the CPO. */
export interface Connection {
  /** Tokens that the CPO may present to us; the newest last. */
  inboundTokens: string[];
  /** Single-use token A that we handed out, when the CPO shall register with us. */
  offeredToken?: string;
  /** What we present to the CPO. */
  outboundToken?: string;
  endpoints: PeerEndpoint[];
  /** Parties of the CPO platform, as in its credentials. */
  parties: Party[];
}

/** Answer of the CPO to a command, as it arrived at the response URL. */
export interface ReceivedCommandResult {
  command: string;
  /** Last segment of the response URL. */
  id: string;
  result: JsonObject;
  at: number;
}

/** What the CPO pushes. */
export type ObjectKind = 'locations' | 'sessions' | 'cdrs' | 'tariffs';

/** A party that is reached through a hub (HU-02). */
export interface HubClient extends Party {
  status: 'CONNECTED' | 'OFFLINE' | 'PLANNED' | 'SUSPENDED';
}

/** Everything that the eMSP knows. Objects are keyed by their id. */
export interface EmspState {
  readonly version: OcpiVersion;
  readonly party: Party;
  readonly name: string;
  /** Parties behind a hub; absent where the platform is none. */
  readonly hubClients?: HubClient[];
  readonly connection: Connection;
  readonly findings: Findings;
  readonly locations: Map<string, JsonObject>;
  readonly sessions: Map<string, JsonObject>;
  readonly cdrs: Map<string, JsonObject>;
  readonly tariffs: Map<string, JsonObject>;
  /** By uid. */
  readonly tokens: Map<string, JsonObject>;
  readonly commandResults: ReceivedCommandResult[];
  /** Waiting callers by the last segment of the response URL. */
  readonly pendingCommands: Map<string, (result: JsonObject) => void>;
  /** Objects of each kind that are kept; the oldest go first. */
  readonly objectsKept: number;
  /** Called with every object that was pushed and taken. */
  readonly onStored?: (kind: ObjectKind, object: JsonObject) => void;
}

/** Stores an object and forgets the oldest of its kind beyond the limit. */
export function keep(state: EmspState, kind: ObjectKind, id: string, object: JsonObject): void {
  const objects = state[kind];
  objects.set(id, object);
  const [oldest] = objects.keys();
  if (objects.size > state.objectsKept && oldest !== undefined) objects.delete(oldest);
  state.onStored?.(kind, object);
}

/** Party of the CPO that owns an object; its first party when the object is unknown. */
export function ownerOf(state: EmspState, object: JsonObject | undefined): Party | undefined {
  const country_code = object && textOf(object, 'country_code');
  const party_id = object && textOf(object, 'party_id');
  return country_code !== undefined && party_id !== undefined
    ? { country_code, party_id }
    : state.connection.parties[0];
}
