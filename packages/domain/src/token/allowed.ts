import type { Location } from '../roaming/location.js';
import type { Token, WhitelistType } from '../roaming/token.js';

/** OCPI AllowedType: what an eMSP answers to a real-time authorization (TO-25). */
export const ALLOWED_TYPES = ['ALLOWED', 'BLOCKED', 'EXPIRED', 'NO_CREDIT', 'NOT_ALLOWED'] as const;
export type AllowedType = (typeof ALLOWED_TYPES)[number];

/** D4.2, map: the answer of the eMSP in the words of the typed protocol. */
export const STATUS_OF_ALLOWED = {
  ALLOWED: 'Accepted',
  BLOCKED: 'Blocked',
  EXPIRED: 'Expired',
  NO_CREDIT: 'NoCredit',
  NOT_ALLOWED: 'NotAtThisLocation',
} as const satisfies Record<AllowedType, string>;

/** Whether a whitelisted token is asked about although it need not be (D4.2 `allowed_policy`). */
export type AllowedPolicy = 'local' | 'realtime';

const ASKED_FOR = {
  ALWAYS: () => false,
  ALLOWED: (policy) => policy === 'realtime',
  ALLOWED_OFFLINE: () => true,
  NEVER: () => true,
} as const satisfies Record<WhitelistType, (policy: AllowedPolicy) => boolean>;

/** D4.2: whether the eMSP must be asked. `valid` does not matter: an invalid token may have become valid (trap 44). */
export function mustAsk(token: Pick<Token, 'whitelist'>, policy: AllowedPolicy): boolean {
  return ASKED_FOR[token.whitelist](policy);
}

/** OCPI LocationReferences: where a token is presented, or where an eMSP allows it. */
export interface LocationReference {
  locationId: string;
  /** Empty = the whole location. */
  evseUids: readonly string[];
  /** Only 2.1.1; empty = all of the EVSEs. */
  connectorIds: readonly string[];
}

/** EVSEs of a location that an eMSP's answer leaves open (TO-26). No limit in the answer = all. */
export function allowedEvses(
  location: Pick<Location, 'id'>,
  evses: readonly { uid: string; connectors: readonly { id: string }[] }[],
  limit: LocationReference | undefined,
): string[] {
  const all = evses.map(({ uid }) => uid);
  if (limit === undefined) return all;
  // TR-030
  if (!same(limit.locationId, location.id)) return [];
  return evses
    .filter(
      ({ uid, connectors }) =>
        (limit.evseUids.length === 0 || limit.evseUids.some((allowed) => same(allowed, uid))) &&
        (limit.connectorIds.length === 0 ||
          connectors.some(({ id }) => limit.connectorIds.some((allowed) => same(allowed, id)))),
    )
    .map(({ uid }) => uid);
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
