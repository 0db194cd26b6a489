import type { Clock } from '@roambridge/core';
import type { PartyId } from '@roambridge/domain';

/** A hub that says nothing more of a party is tried again after this time: no other call may come of it. */
const SILENT_MS = 300_000;
/** Parties of one hub that are remembered; the oldest go first. */
const MAX_PARTIES = 5_000;

/**
 * Parties that a hub said it cannot reach (4001, 4003), until the hub tells of them, one of them calls, or something
 * arrives there (OCPI HU-08). What the process forgets costs one request.
 */
export interface SilentParties {
  note(partnerId: string, party: PartyId): void;
  /** Something came from the party, arrived there, or the hub told how it is. */
  heard(partnerId: string, party: PartyId): void;
  has(partnerId: string, party: PartyId): boolean;
}

export function createSilentParties(clock: Pick<Clock, 'now'>): SilentParties {
  const until = new Map<string, Map<string, number>>();
  const nameOf = ({ country_code, party_id }: PartyId) => `${country_code}*${party_id}`.toUpperCase();
  return {
    note(partnerId, party) {
      const parties = until.get(partnerId) ?? new Map<string, number>();
      until.set(partnerId, parties.set(nameOf(party), clock.now() + SILENT_MS));
      const [oldest] = parties.keys();
      if (parties.size > MAX_PARTIES && oldest !== undefined) parties.delete(oldest);
    },
    heard(partnerId, party) {
      const parties = until.get(partnerId);
      parties?.delete(nameOf(party));
      if (parties?.size === 0) until.delete(partnerId);
    },
    has: (partnerId, party) => (until.get(partnerId)?.get(nameOf(party)) ?? 0) > clock.now(),
  };
}
