import type { Json, Price } from '@roambridge/domain';
import type { WireObject } from '../wire/project.js';

/** The prices that are known, each in the version's own form; a price that is not known is left out (OCPI SE-13). */
export function priceFields<Name extends string>(
  source: { [Member in Name]?: Price },
  names: readonly Name[],
  toWire: (price: Price) => Json,
): WireObject {
  const wire: WireObject = {};
  for (const name of names) {
    const price = source[name];
    if (price !== undefined) {
      wire[name] = toWire(price);
    }
  }
  return wire;
}
