import { emaidParty, mustAsk, type PartyId, tokenTypeOf } from '@roambridge/domain';
import type { Partner } from '../model/partner.js';
import type { PartnerDirectory } from '../partners/directory.js';
import { isHub, speaksFor } from '../partners/hubs.js';
import type { StationAggregate } from '../stations/aggregate.js';
import type { OpenQuestion, TokenQuestion } from './decision.js';
import { type PolicySettings, policyFor } from './policy.js';
import type { OwnedToken } from './tokens.js';

/** Partners that are asked about a token that nobody pushed, at most. */
const MAX_ASKED = 8;
/** Longest uid that OCPI can name, characters; some chargers take longer tokens. */
const UID_MAX_CHARS = 36;

export interface AskPorts {
  partners: PartnerDirectory;
  /** The CPO parties that this platform hosts. */
  parties: readonly PartyId[];
  policy: PolicySettings;
}

/** D4.2: who must be asked about a token, undefined = nobody. `uid` = the spelling as it was presented. */
export function whomToAsk(
  ports: AskPorts,
  station: StationAggregate,
  question: TokenQuestion,
  uid: string,
  found: OwnedToken | undefined,
): OpenQuestion | undefined {
  if (!found && uid.length > UID_MAX_CHARS) return undefined;
  if (found) {
    const { allowed } = policyFor(ports.partners.get(found.partnerId), ports.policy);
    if (!mustAsk(found.token, allowed)) return undefined;
  }
  const partnerIds = found ? [found.partnerId] : issuers(ports, question, uid).map(({ id }) => id);
  const place = placeOf(station, question);
  const from = place?.location ?? ports.parties[0];
  if (partnerIds.length === 0 || from === undefined) return undefined;
  return {
    uid,
    partnerIds,
    unknown: !found,
    question: {
      // The eMSP knows its token in its own spelling.
      uid: found?.token.uid ?? uid,
      type: found?.token.type ?? tokenTypeOf(question.idToken.type),
      from: { country_code: from.country_code, party_id: from.party_id },
      ...(found
        ? { to: { country_code: found.token.country_code, party_id: found.token.party_id } }
        : toOf(question, uid)),
      ...(place ? { location: { locationId: place.location.id, evseUids: place.evseUids } } : {}),
    },
  };
}

function toOf(question: TokenQuestion, uid: string): Pick<OpenQuestion['question'], 'to'> {
  const issuer = question.idToken.type === 'eMAID' ? emaidParty(uid) : undefined;
  return issuer ? { to: issuer } : {};
}

/** D4-020: the location with the EVSE where the token is presented, or with those of the station. */
function placeOf(station: StationAggregate, question: TokenQuestion) {
  const evseId = question.evseId ?? question.transaction?.evseId;
  const here = evseId === undefined ? undefined : station.bindings.get(evseId);
  if (here) return { location: here.location, evseUids: [here.evseUid] };
  const [first] = station.bindings.values();
  if (!first) return undefined;
  const { location } = first;
  const inIt = [...station.bindings.entries()]
    .filter(([, binding]) => binding.location.id === location.id)
    .sort(([a], [b]) => a - b);
  return { location, evseUids: inIt.map(([, { evseUid }]) => evseUid) };
}

/** TO-11, D4-006: who may have issued a token that nobody pushed. */
function issuers({ partners, policy }: AskPorts, question: TokenQuestion, uid: string): Partner[] {
  const registered = partners.registered();
  const isAsked = (partner: Partner) => policyFor(partner, policy).unknown === 'ask';
  const issuer = question.idToken.type === 'eMAID' ? emaidParty(uid) : undefined;
  if (issuer) {
    const own = registered.filter(
      (partner) => partner.roles.some(({ role }) => role === 'EMSP') && speaksFor(partner, issuer),
    );
    // Its issuer may be asked about a contract unless its policy forbids it: nobody pushes contracts.
    return (own.length > 0 ? own : registered.filter(isHub))
      .filter((partner) => partner.authorizationPolicy?.unknown !== 'never')
      .slice(0, MAX_ASKED);
  }
  return registered.filter(isAsked).slice(0, MAX_ASKED);
}
