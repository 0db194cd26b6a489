import { type IdToken, idTokenType, type Token } from '@roambridge/domain';
import { newIdTag } from '../ids.js';
import { type StationAggregate, UNKNOWN_TRAITS } from '../stations/aggregate.js';

/** D4-005: types that are no physical card and get a tag of their own where the protocol has no types. */
const VIRTUAL_TYPES: ReadonlySet<string> = new Set(['APP_USER', 'AD_HOC_USER']);

/**
 * The token as the charger is given it. D4-005: where the protocol has no types, a fresh tag for every command tells
 * exactly which transaction answers it; a card stays what it is, so that it can be swiped.
 */
export function tokenForCharger(station: StationAggregate, token: Token, partnerId: string): IdToken {
  // What holds the EVSE has to be what starts there.
  const reserved = station.reservations.find(
    (reservation) =>
      reservation.partnerId === partnerId &&
      reservation.partner?.command.request.token.uid.toLowerCase() === token.uid.toLowerCase(),
  );
  if (reserved) return reserved.idToken;
  const traits = station.connection?.traits ?? UNKNOWN_TRAITS;
  const needsTag =
    !traits.typedTokens && (VIRTUAL_TYPES.has(token.type) || token.uid.length > traits.idTokenMaxLength);
  return { idToken: needsTag ? newIdTag() : token.uid, type: idTokenType(token) };
}
