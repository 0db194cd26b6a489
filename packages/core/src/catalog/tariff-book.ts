import type { EpochMs, Tariff } from '@roambridge/domain';
import type { Store } from '../ports/store.js';

/** Tariffs by key, cached with invalidation: a session's start reads no table. */
export interface TariffBook {
  get(key: { country_code: string; party_id: string; id: string }): Promise<Tariff | undefined>;
  changed(key: { country_code: string; party_id: string; id: string }): void;
  /** TA-05, TA-06: the tariff that a session without preferences follows, first in the connector's order. */
  applicable(
    owner: { country_code: string; party_id: string },
    tariffIds: readonly string[],
    at: EpochMs,
  ): Promise<Tariff | undefined>;
}

export function createTariffBook(store: Store): TariffBook {
  const cache = new Map<string, Promise<Tariff | undefined>>();
  const keyOf = (key: { country_code: string; party_id: string; id: string }) =>
    `${key.country_code}/${key.party_id}/${key.id}`.toLowerCase();
  const book: TariffBook = {
    get(key) {
      const name = keyOf(key);
      const known = cache.get(name);
      if (known) return known;
      const found = store.tariffs.get(key);
      cache.set(name, found);
      found.catch(() => cache.delete(name));
      return found;
    },
    changed: (key) => void cache.delete(keyOf(key)),
    async applicable(owner, tariffIds, at) {
      for (const id of tariffIds) {
        const tariff = await book.get({ country_code: owner.country_code, party_id: owner.party_id, id });
        if (tariff && isValid(tariff, at)) return tariff;
      }
      return undefined;
    },
  };
  return book;
}

function isValid(tariff: Tariff, at: EpochMs): boolean {
  if (tariff.type !== undefined && tariff.type !== 'REGULAR') return false;
  if (tariff.start_date_time !== undefined && Date.parse(tariff.start_date_time) > at) return false;
  return tariff.end_date_time === undefined || Date.parse(tariff.end_date_time) > at;
}
