import { type JsonObject, listOf, numberOf, type OcpiVersion, objectOf, textOf } from '@roambridge/sim-emsp';

/** Price of a Session or CDR for people to read, in the terms of any OCPI version. */
export interface ShownPrice {
  currency: string;
  net: number;
  /** Absent when the version or the price names no tax. */
  gross?: number;
}

/** Total of a Session or CDR, undefined when it has none. */
export function totalOf(object: JsonObject, version: OcpiVersion): ShownPrice | undefined {
  const currency = textOf(object, 'currency') ?? '';
  if (version === '2.1.1') {
    const net = numberOf(object, 'total_cost');
    return net === undefined ? undefined : { currency, net };
  }
  const total = objectOf(object, 'total_cost');
  if (!total) return undefined;
  if (version === '2.2.1') {
    const net = numberOf(total, 'excl_vat');
    const gross = numberOf(total, 'incl_vat');
    return net === undefined ? undefined : { currency, net, ...(gross === undefined ? {} : { gross }) };
  }
  const net = numberOf(total, 'before_taxes');
  const taxes = listOf(total, 'taxes').map((tax) => numberOf(tax, 'amount') ?? 0);
  if (net === undefined) return undefined;
  return taxes.length === 0
    ? { currency, net }
    : { currency, net, gross: taxes.reduce((sum, amount) => sum + amount, net) };
}

/** `0.37 EUR excl. VAT, 0.44 EUR incl.` */
export function priceText(price: ShownPrice | undefined): string {
  if (!price) return 'no price';
  const net = `${price.net.toFixed(2)} ${price.currency} excl. VAT`;
  return price.gross === undefined ? net : `${net}, ${price.gross.toFixed(2)} ${price.currency} incl.`;
}

/** EVSE of a Session or CDR. */
export function evseOf(object: JsonObject): string | undefined {
  const place = objectOf(object, 'cdr_location') ?? object;
  const embedded = objectOf(object, 'location');
  const [evse] = embedded ? listOf(embedded, 'evses') : [];
  return evse ? textOf(evse, 'uid') : textOf(place, 'evse_uid');
}
