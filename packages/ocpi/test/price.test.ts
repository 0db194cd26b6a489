import { describe, expect, test } from '@jest/globals';
import { decimalToNumber } from '../src/wire/fields.js';
import { netAmount, priceInclVat, priceWithTaxes } from '../src/wire/price.js';

describe('prices', () => {
  test('2.1.1 has the net amount, 2.2.1 both amounts, 2.3.0 the taxes between them (TY-14, TY-15, MP-07)', () => {
    const price = { excl_vat: '10.1', incl_vat: '12.02' };
    expect(netAmount(price)).toBe(10.1);
    expect(priceInclVat(price)).toEqual({ excl_vat: 10.1, incl_vat: 12.02 });
    expect(priceWithTaxes(price)).toEqual({ before_taxes: 10.1, taxes: [{ name: 'VAT', amount: 1.92 }] });
  });

  test('a price without tax is not a price with 0 % (TA-61, TA-67)', () => {
    expect(priceInclVat({ excl_vat: '5' })).toEqual({ excl_vat: 5 });
    expect(priceWithTaxes({ excl_vat: '5' })).toEqual({ before_taxes: 5, taxes: [] });
    expect(priceWithTaxes({ excl_vat: '5', incl_vat: '5.00' })).toEqual({
      before_taxes: 5,
      taxes: [{ name: 'VAT', amount: 0 }],
    });
  });

  test('differences are exact and may be negative', () => {
    const taxes = (excl_vat: string, incl_vat: string) => priceWithTaxes({ excl_vat, incl_vat }).taxes;
    expect(taxes('0.1', '0.3')).toEqual([{ name: 'VAT', amount: 0.2 }]);
    expect(taxes('-10.00', '-11.9')).toEqual([{ name: 'VAT', amount: -1.9 }]);
    expect(taxes('-0.05', '-0.06')).toEqual([{ name: 'VAT', amount: -0.01 }]);
  });

  test.each(['', 'NaN', '1e3', '1,5', ' 1'])('%p is not an amount', (text) => {
    expect(() => decimalToNumber(text)).toThrow(RangeError);
  });
});
