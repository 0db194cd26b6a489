import type { Clock, Log, Partner, PartnerEdge } from '@roambridge/core';
import type { PartyId } from '@roambridge/domain';
import type { EgressGuard } from '../client/egress-guard.js';
import type { Handshake } from '../client/handshake.js';
import type { SilentParties } from '../client/silent-parties.js';
import type { WireObject } from '../wire/project.js';
import type { OurParty } from './routing.js';

/** One authenticated request of a partner. */
export interface Exchange {
  partner: Partner;
  /** Path parameters, percent-decoded. */
  params: Record<string, string>;
  query: URLSearchParams;
  /** Reads the JSON body, once; refused with HTTP 400 or 413 when it cannot be read. */
  body(): Promise<unknown>;
  correlationId: string;
  /** The party that asks, where the request names it. // OCPI RT-05 */
  requester: PartyId | undefined;
  ourParty: OurParty;
}

/** Answer to a partner; success unless it says otherwise. */
export interface Reply {
  httpStatus?: number;
  statusCode?: number;
  statusMessage?: string;
  data?: WireObject | WireObject[] | string;
  headers?: Record<string, string>;
  /** Called when the answer has left whole, not when the connection ended before. */
  sent?: () => void;
}

export type Handler = (exchange: Exchange) => Promise<Reply>;

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One path of a module, with a handler for each method that the interface has. */
export interface Endpoint {
  /** Relative to the module, e.g. `/:location_id`. */
  path: string;
  methods: Partial<Record<Method, Handler>>;
}

/** What modules are built with. */
export interface ModulePorts {
  edge: PartnerEdge;
  clock: Clock;
  log: Log;
  guard: EgressGuard;
  handshake: Handshake;
  silent: SilentParties;
  /** Base under which partners reach this platform, without a trailing slash. */
  publicUrl(): string;
}
