import type { Tariff } from '../roaming/tariff.js';

/** Finds out something about a tariff once: a tariff is never changed, and prices many sessions. */
export function perTariff<Found extends object>(find: (tariff: Tariff) => Found): (tariff: Tariff) => Found {
  const known = new WeakMap<Tariff, Found>();
  return (tariff) => {
    const before = known.get(tariff);
    if (before) return before;
    const found = find(tariff);
    known.set(tariff, found);
    return found;
  };
}
