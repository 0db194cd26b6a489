import type { Decimal, Price } from '@roambridge/domain';
import { decimalToNumber } from './fields.js';
import type { WireObject } from './project.js';

/** OCPI 2.2.1 Price (TY-14). */
export function priceInclVat(price: Price): WireObject {
  return {
    excl_vat: decimalToNumber(price.excl_vat),
    ...(price.incl_vat === undefined ? {} : { incl_vat: decimalToNumber(price.incl_vat) }),
  };
}

/** OCPI 2.3.0 Price (TY-15). A tax that is not itemised is the difference of the two amounts (TA-67). */
export function priceWithTaxes(price: Price): WireObject {
  return { before_taxes: decimalToNumber(price.excl_vat), taxes: taxes(price) };
}

/** OCPI 2.1.1: the amount without VAT, a plain number (MP-07). */
export function netAmount(price: Price): number {
  return decimalToNumber(price.excl_vat);
}

function taxes(price: Price): WireObject[] {
  if (price.taxes !== undefined) {
    return price.taxes.map((tax) => ({
      name: tax.name,
      ...(tax.percentage === undefined ? {} : { percentage: tax.percentage }),
      amount: decimalToNumber(tax.amount),
    }));
  }
  if (price.incl_vat === undefined) {
    return [];
  }
  return [{ name: 'VAT', amount: decimalToNumber(subtract(price.incl_vat, price.excl_vat)) }];
}

/** Exact difference of two decimal texts. */
function subtract(left: Decimal, right: Decimal): Decimal {
  const decimals = Math.max(fraction(left).length, fraction(right).length);
  const difference = scaled(left, decimals) - scaled(right, decimals);
  if (decimals === 0) {
    return difference.toString();
  }
  const sign = difference < 0n ? '-' : '';
  const digits = (difference < 0n ? -difference : difference).toString().padStart(decimals + 1, '0');
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

function fraction(text: Decimal): string {
  return text.split('.')[1] ?? '';
}

function scaled(text: Decimal, decimals: number): bigint {
  const whole = text.split('.')[0] ?? '';
  return BigInt(whole + fraction(text).padEnd(decimals, '0'));
}
