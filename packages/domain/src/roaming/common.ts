/** Exact decimal number as text, e.g. "0.75". Never computed with as a float. */
export type Decimal = string;

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number;

/** OCPI party: two-letter country and three-character party id, upper case. */
export interface PartyId {
  country_code: string;
  party_id: string;
}

/** OCPI DisplayText. */
export interface DisplayText {
  language: string;
  text: string;
}

/** One tax inside a price (OCPI 2.3.0 TaxAmount). */
export interface TaxAmount {
  name: string;
  percentage?: number;
  amount: Decimal;
}

/**
 * A price in the currency of its object. `incl_vat` is absent when no tax applies
 * (OCPI TA-061: absent is not the same as 0 %).
 */
export interface Price {
  excl_vat: Decimal;
  incl_vat?: Decimal;
  /** The taxes between the two amounts, itemised for OCPI 2.3.0. */
  taxes?: TaxAmount[];
}

/** Any JSON value; used for data that the gateway carries and does not read. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
