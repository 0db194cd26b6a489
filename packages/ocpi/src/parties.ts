import type { HostedParty, Partner } from '@roambridge/core';
import type { PartyId } from '@roambridge/domain';
import type { VersionAdapter } from './versions/adapter.js';

export function sameParty(left: PartyId, right: PartyId): boolean {
  return partyKey(left) === partyKey(right);
}

/** The parties that our credentials show to a partner. // OCPI CR-01 to CR-03 */
export function ownParties(
  adapter: Pick<VersionAdapter, 'hasOneParty'>,
  partner: Partner,
  hosted: readonly HostedParty[],
): HostedParty[] {
  const { party } = partner;
  if (!adapter.hasOneParty || party === undefined) return [...hosted];
  return hosted.filter((each) => sameParty(each, party));
}

export function hostedParty(parties: HostedParty[], party: PartyId): HostedParty | undefined {
  return parties.find((each) => sameParty(each, party));
}

function partyKey(party: PartyId): string {
  return `${party.country_code}*${party.party_id}`.toUpperCase();
}
