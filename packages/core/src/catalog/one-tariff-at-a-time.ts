import type { Location, Tariff } from '@roambridge/domain';
import { RequestRefused } from '../edges/operator-edge.js';
import type { TariffBook } from './tariff-book.js';

const typeOf = ({ type }: Tariff) => type ?? 'REGULAR';
const beginOf = ({ start_date_time: begin }: Tariff) => (begin === undefined ? -Infinity : Date.parse(begin));
const endOf = ({ end_date_time: end }: Tariff) => (end === undefined ? Infinity : Date.parse(end));

/**
 * A connector has one tariff of a type at any time (LO-34). Throws {@link RequestRefused} where two of its tariffs say
 * what the same moment costs; those that are not entered yet say nothing.
 */
export async function requireOneTariffAtATime(tariffs: TariffBook, location: Location): Promise<void> {
  const { country_code, party_id } = location;
  for (const [at, { connectors }] of location.evses.entries()) {
    for (const [index, { tariff_ids = [] }] of connectors.entries()) {
      if (tariff_ids.length < 2) continue;
      const found = await Promise.all(tariff_ids.map((id) => tariffs.get({ country_code, party_id, id })));
      const known = found.flatMap((tariff) => tariff ?? []);
      const clash = known.find((one, place) =>
        known
          .slice(place + 1)
          .some(
            (other) =>
              typeOf(one) === typeOf(other) && beginOf(one) < endOf(other) && beginOf(other) < endOf(one),
          ),
      );
      if (clash === undefined) continue;
      throw new RequestRefused(
        422,
        `tariff ${clash.id} counts at the same time as another one of its type`,
        `/evses/${at}/connectors/${index}/tariff_ids`,
      );
    }
  }
}
