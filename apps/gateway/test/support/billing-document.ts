import { type JsonObject, listOf, numberOf, type OcpiVersion, objectOf, textOf } from '@roambridge/sim-emsp';

/** A price as the partner reads it; 2.1.1 knows no VAT. */
export interface ReadPrice {
  exclVat: number;
  inclVat?: number;
}

/** Amounts have four decimals, sums of them are no binary fractions. */
const fourDecimals = (value: number) => Math.round(value * 10_000) / 10_000;

const READERS: Record<OcpiVersion, (document: JsonObject, member: string) => ReadPrice | undefined> = {
  '2.1.1'(document, member) {
    const exclVat = numberOf(document, member);
    return exclVat === undefined ? undefined : { exclVat };
  },
  '2.2.1'(document, member) {
    const price = objectOf(document, member);
    if (!price) return undefined;
    return {
      exclVat: numberOf(price, 'excl_vat') ?? Number.NaN,
      inclVat: numberOf(price, 'incl_vat') ?? Number.NaN,
    };
  },
  '2.3.0'(document, member) {
    const price = objectOf(document, member);
    if (!price) return undefined;
    const exclVat = numberOf(price, 'before_taxes') ?? Number.NaN;
    const taxes = listOf(price, 'taxes').map((tax) => numberOf(tax, 'amount') ?? Number.NaN);
    return { exclVat, inclVat: fourDecimals(taxes.reduce((sum, amount) => sum + amount, exclVat)) };
  },
};

/** `total_cost` or another price of a Session or CDR. */
export function priceIn(
  document: JsonObject,
  version: OcpiVersion,
  member = 'total_cost',
): ReadPrice | undefined {
  return READERS[version](document, member);
}

/** The expected price as far as the version can tell it. */
export function priceFor(version: OcpiVersion, { exclVat, inclVat }: Required<ReadPrice>): ReadPrice {
  return version === '2.1.1' ? { exclVat } : { exclVat, inclVat };
}

/** EVSE of a Session or CDR. */
export function evseIn(document: JsonObject): string | undefined {
  const flat = objectOf(document, 'cdr_location') ?? document;
  const embedded = objectOf(document, 'location');
  const [evse] = embedded ? listOf(embedded, 'evses') : [];
  return evse ? textOf(evse, 'uid') : textOf(flat, 'evse_uid');
}

export function startOf(document: JsonObject): string | undefined {
  return textOf(document, 'start_date_time') ?? textOf(document, 'start_datetime');
}

/** kWh. */
export function energyOf(document: JsonObject): number | undefined {
  return numberOf(document, 'total_energy') ?? numberOf(document, 'kwh');
}
