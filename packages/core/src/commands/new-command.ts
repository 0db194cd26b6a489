import type { PartyId } from '@roambridge/domain';
import { randomUUID } from '../ids.js';
import type { Command } from '../model/command.js';
import type { Partner } from '../model/partner.js';

/** What every command of a partner has. */
export interface Asked {
  partner: Partner;
  /** Hash of the request (D5-003). */
  requestKey: string;
  correlationId: string;
  /** The party that asked, where the request named it: the result goes to it (RT-04). */
  requester?: PartyId;
  at: number;
}

type CommonFacts = Pick<
  Command,
  | 'id'
  | 'partnerId'
  | 'stationId'
  | 'requestKey'
  | 'state'
  | 'correlationId'
  | 'hostedParty'
  | 'requester'
  | 'createdAt'
  | 'windowEndsAt'
>;

/** A command that is about to be sent; `windowMs` = how long a transaction may follow it. */
export function commandFacts(
  asked: Asked,
  stationId: string,
  hostedParty: PartyId,
  windowMs = 0,
): CommonFacts {
  const { country_code, party_id } = hostedParty;
  return {
    id: randomUUID(),
    partnerId: asked.partner.id,
    stationId,
    requestKey: asked.requestKey,
    state: 'sent',
    correlationId: asked.correlationId,
    hostedParty: { country_code, party_id },
    ...(asked.requester ? { requester: asked.requester } : {}),
    createdAt: asked.at,
    windowEndsAt: asked.at + windowMs,
  };
}
