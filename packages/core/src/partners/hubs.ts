import type { PartyId } from '@roambridge/domain';
import type { HubClient, HubReach } from '../model/hub-client.js';
import type { Partner } from '../model/partner.js';

/** Parties behind one hub that are kept. */
export const MAX_HUB_CLIENTS = 5_000;

const same = (left: PartyId, right: PartyId) =>
  left.country_code.toUpperCase() === right.country_code.toUpperCase() &&
  left.party_id.toUpperCase() === right.party_id.toUpperCase();

/** Up to 2.2.1 a hub has a role of its own, later a party of its own (CR-04, CR-05). */
export function isHub({ roles, hubParty }: Pick<Partner, 'roles' | 'hubParty'>): boolean {
  return hubParty !== undefined || roles.some(({ role }) => role === 'HUB');
}

/** The party that stands for the hub itself: what is addressed to it is for everyone behind it (RT-07). */
export function hubPartyOf({ roles, hubParty }: Pick<Partner, 'roles' | 'hubParty'>): PartyId | undefined {
  return hubParty ?? roles.find(({ role }) => role === 'HUB');
}

/**
 * Whether the connection speaks for the party (S11): one of its roles, the hub itself, or a party that the hub named. A
 * hub that named none yet is believed.
 */
export function speaksFor(partner: Partner, party: PartyId): boolean {
  const { roles, hubClients = [] } = partner;
  if (roles.some((role) => same(role, party))) return true;
  if (!isHub(partner)) return false;
  const own = hubPartyOf(partner);
  if (own && same(own, party)) return true;
  // In later versions the roles are the list.
  if (partner.hubParty !== undefined) return hubClients.some((client) => same(client, party));
  return hubClients.length === 0 || hubClients.some((client) => same(client, party));
}

/** HU-03: by the role that counts for the most; `unknown` = the hub said nothing of the party. */
export function reachOf({ hubClients = [] }: Partner, party: PartyId): HubReach {
  const known = hubClients.filter((client) => same(client, party));
  if (known.length === 0) return 'unknown';
  if (known.some(({ status }) => status === 'CONNECTED')) return 'connected';
  return known.every(({ status }) => status === 'SUSPENDED') ? 'suspended' : 'away';
}

/** HU-02: key = party and role; what is older than what is known changes nothing. */
export function withClient(
  known: readonly HubClient[],
  told: HubClient,
): { clients: HubClient[]; created: boolean } {
  const before = known.find((client) => same(client, told) && client.role === told.role);
  if (before && Date.parse(before.last_updated) > Date.parse(told.last_updated)) {
    return { clients: [...known], created: false };
  }
  return { clients: [...known.filter((client) => client !== before), told], created: before === undefined };
}
