import type { IncomingHttpHeaders } from 'node:http';
import { type HostedParty, type Partner, speaksFor } from '@roambridge/core';
import type { PartyId } from '@roambridge/domain';
import { invalid } from '../errors.js';
import { hostedParty, sameParty } from '../parties.js';

/** Which of our parties answers; known from the headers, from the only one there is, or from the object. */
export interface OurParty {
  /** The object of the request belongs to this party. */
  is(party: PartyId): void;
  /** Refuses a request that could mean several of our parties. // OCPI RT-11 */
  demand(): void;
}

export interface Routing {
  ourParty: OurParty;
  /** FROM, where it was given. */
  requester: PartyId | undefined;
  /** TO and FROM of the request, swapped (RT-04). */
  responseHeaders(): Record<string, string>;
}

/** Routing of modules that carry no headers, and of 2.1.1 (RT-02). */
export const NO_ROUTING: Routing = {
  ourParty: { is: () => undefined, demand: () => undefined },
  requester: undefined,
  responseHeaders: () => ({}),
};

/**
 * Reads the message routing headers of a request. FROM must be a party of the connection (RT-12), TO one of ours
 * (ST-22); both may be missing where there is only one candidate.
 */
export function readRouting(headers: IncomingHttpHeaders, partner: Partner, hosted: HostedParty[]): Routing {
  const from = readParty(headers, 'from');
  if (from !== undefined && !speaksFor(partner, from)) {
    throw invalid('OCPI-from-party-id', 'is not a party of this connection');
  }
  const to = readParty(headers, 'to');
  const addressed = to === undefined ? undefined : hostedParty(hosted, to);
  if (to !== undefined && addressed === undefined) {
    throw invalid('OCPI-to-party-id', 'is not a party of this platform');
  }
  let ours: PartyId | undefined = addressed ?? (hosted.length === 1 ? hosted[0] : undefined);
  const requester = from ?? (partner.roles.length === 1 ? partner.roles[0] : undefined);
  return {
    requester: from,
    ourParty: {
      is: (party) => {
        ours = addressed ?? hosted.find((each) => sameParty(each, party)) ?? ours;
      },
      demand: () => {
        if (ours === undefined) {
          throw invalid('OCPI-to-party-id', 'is required: this platform has several parties');
        }
      },
    },
    responseHeaders: () => ({ ...partyHeaders('to', requester), ...partyHeaders('from', ours) }),
  };
}

/** Routing headers of one direction; none where the party is not known. */
export function partyHeaders(direction: 'to' | 'from', party: PartyId | undefined): Record<string, string> {
  if (party === undefined) return {};
  return direction === 'to'
    ? { 'OCPI-to-party-id': party.party_id, 'OCPI-to-country-code': party.country_code }
    : { 'OCPI-from-party-id': party.party_id, 'OCPI-from-country-code': party.country_code };
}

function readParty(headers: IncomingHttpHeaders, direction: 'to' | 'from'): PartyId | undefined {
  const partyId = headers[`ocpi-${direction}-party-id`];
  const countryCode = headers[`ocpi-${direction}-country-code`];
  if (partyId === undefined && countryCode === undefined) {
    return undefined;
  }
  // OCPI RT-06
  if (typeof partyId !== 'string' || !/^[\x21-\x7e]{3}$/.test(partyId)) {
    throw invalid(`OCPI-${direction}-party-id`, 'must have three characters');
  }
  if (typeof countryCode !== 'string' || !/^[A-Za-z]{2}$/.test(countryCode)) {
    throw invalid(`OCPI-${direction}-country-code`, 'must have two letters');
  }
  return { country_code: countryCode.toUpperCase(), party_id: partyId.toUpperCase() };
}
