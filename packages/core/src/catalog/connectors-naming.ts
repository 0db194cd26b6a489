import type { Connector, Location, PartyId } from '@roambridge/domain';
import type { Store } from '../ports/store.js';

/** Locations read from the database at a time. */
const PAGE = 200;

/** A connector with its place in its location. */
export interface PlacedConnector {
  location: Location;
  evse: Location['evses'][number];
  connector: Connector;
}

/** All connectors of a party's locations that name a tariff. Reads every location: for what an operator does, no charger. */
export async function* connectorsWithTariffs(store: Store, party?: PartyId): AsyncGenerator<PlacedConnector> {
  let cursor: string | undefined;
  do {
    const page = await store.locations.page({ limit: PAGE, ...(cursor === undefined ? {} : { cursor }) });
    for (const location of page.items) {
      const { country_code, party_id } = location;
      if (party && (party.country_code !== country_code || party.party_id !== party_id)) continue;
      for (const evse of location.evses) {
        for (const connector of evse.connectors) {
          if (connector.tariff_ids?.length) yield { location, evse, connector };
        }
      }
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}

/** Whether two ids are the same: the case of their letters tells nothing (OCPI CiString). */
export function isSameId(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
