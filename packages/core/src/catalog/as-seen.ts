import type { Connector, Location } from '@roambridge/domain';
import type { Partner } from '../model/partner.js';
import type { Clock } from '../ports/clock.js';
import type { PartnerLink } from '../ports/partner-link.js';
import type { TariffBook } from './tariff-book.js';

/** A location as a partner is to see it. */
export type AsSeen = (partner: Partner, location: Location) => Promise<Location>;

/**
 * Where a connector has room for one tariff, that is the one which a session without preferences would follow now; the
 * others, and tariffs that are over or still to come, are not named (OCPI MP-03).
 */
export function createAsSeen(ports: {
  clock: Clock;
  tariffs: TariffBook;
  partnerLink: () => PartnerLink;
}): AsSeen {
  const { clock, tariffs } = ports;

  async function inForce(owner: Location, connector: Connector): Promise<Connector> {
    const { tariff_ids, ...rest } = connector;
    if (tariff_ids === undefined) return connector;
    const tariff = await tariffs.applicable(owner, tariff_ids, clock.now());
    return tariff ? { ...rest, tariff_ids: [tariff.id] } : rest;
  }

  return async (partner, location) => {
    if (!ports.partnerLink().namesOneTariff(partner)) return location;
    const evses = location.evses.map(async (evse) => ({
      ...evse,
      connectors: await Promise.all(evse.connectors.map((connector) => inForce(location, connector))),
    }));
    return { ...location, evses: await Promise.all(evses) };
  };
}
