import type { PartyId } from '@roambridge/domain';

export const HUB_CLIENT_STATUSES = ['CONNECTED', 'OFFLINE', 'PLANNED', 'SUSPENDED'] as const;

/** A party that is reached through a hub, as the hub tells it (HU-02). */
export interface HubClient extends PartyId {
  role: string;
  status: (typeof HUB_CLIENT_STATUSES)[number];
  last_updated: string;
}

/** How far a party behind a hub can be told something (HU-03). */
export type HubReach = 'connected' | 'away' | 'suspended' | 'unknown';
