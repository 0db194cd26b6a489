import type { Location, Tariff } from '@roambridge/domain';
import { RequestRefused } from '../edges/operator-edge.js';
import type { Store } from '../ports/store.js';
import { connectorsWithTariffs, isSameId } from './connectors-naming.js';
import type { TariffBook } from './tariff-book.js';

const typeOf = ({ type }: Tariff) => type ?? 'REGULAR';
const beginOf = ({ start_date_time: begin }: Tariff) => (begin === undefined ? -Infinity : Date.parse(begin));
const endOf = ({ end_date_time: end }: Tariff) => (end === undefined ? Infinity : Date.parse(end));

/** Both say what the same moment costs. */
function clash(one: Tariff, other: Tariff): boolean {
  return typeOf(one) === typeOf(other) && beginOf(one) < endOf(other) && beginOf(other) < endOf(one);
}

/** Whether both count for the same sessions: a change of prices alone. */
export function countsAlike(before: Tariff | undefined, after: Tariff): boolean {
  return (
    before !== undefined &&
    typeOf(before) === typeOf(after) &&
    beginOf(before) === beginOf(after) &&
    endOf(before) === endOf(after)
  );
}

/**
 * A connector has one tariff of a type at any time (LO-34). Throws {@link RequestRefused} where two of its tariffs say
 * what the same moment costs; those that are not entered yet say nothing.
 */
export async function requireOneTariffAtATime(tariffs: TariffBook, location: Location): Promise<void> {
  for (const [at, { connectors }] of location.evses.entries()) {
    for (const [index, { tariff_ids = [] }] of connectors.entries()) {
      if (tariff_ids.length < 2) continue;
      const known = await entered(tariffs, location, tariff_ids);
      const clashing = known.find((one, place) => known.slice(place + 1).some((other) => clash(one, other)));
      if (clashing === undefined) continue;
      throw new RequestRefused(
        422,
        `tariff ${clashing.id} counts at the same time as another one of its type`,
        `/evses/${at}/connectors/${index}/tariff_ids`,
      );
    }
  }
}

/**
 * The same for a tariff that connectors name already: entered later, or changed so that it counts at other times (LO-34).
 * A change of prices reads no location.
 */
export async function requireRoomForTariff(
  ports: { store: Store; tariffs: TariffBook },
  before: Tariff | undefined,
  tariff: Tariff,
): Promise<void> {
  if (countsAlike(before, tariff)) return;
  for await (const { location, evse, connector } of connectorsWithTariffs(ports.store, tariff)) {
    const ids = connector.tariff_ids ?? [];
    const others = ids.filter((id) => !isSameId(id, tariff.id));
    if (others.length === 0 || others.length === ids.length) continue;
    const other = (await entered(ports.tariffs, location, others)).find((each) => clash(tariff, each));
    if (other === undefined) continue;
    throw new RequestRefused(
      422,
      `connector ${connector.id} of EVSE ${evse.uid} at ${location.id} names it and tariff ${other.id}, which counts at the same time`,
      '/start_date_time',
    );
  }
}

async function entered(
  tariffs: TariffBook,
  { country_code, party_id }: Location,
  ids: readonly string[],
): Promise<Tariff[]> {
  const found = await Promise.all(ids.map((id) => tariffs.get({ country_code, party_id, id })));
  return found.flatMap((tariff) => tariff ?? []);
}
