import { describe, expect, test } from '@jest/globals';
import { evseOf, priceText, totalOf } from '../src/money.js';

describe('prices on the console', () => {
  test('every OCPI version is read in its own form (TY-14, TY-15)', () => {
    const total = (version: '2.1.1' | '2.2.1' | '2.3.0', total_cost: never) =>
      priceText(totalOf({ currency: 'EUR', total_cost }, version));
    expect(total('2.1.1', 0.37 as never)).toBe('0.37 EUR excl. VAT');
    expect(total('2.2.1', { excl_vat: 0.37, incl_vat: 0.44 } as never)).toBe(
      '0.37 EUR excl. VAT, 0.44 EUR incl.',
    );
    expect(total('2.3.0', { before_taxes: 0.37, taxes: [{ name: 'VAT', amount: 0.07 }] } as never)).toBe(
      '0.37 EUR excl. VAT, 0.44 EUR incl.',
    );
    expect(priceText(totalOf({ currency: 'EUR' }, '2.2.1'))).toBe('no price');
  });

  test('the EVSE is found in Sessions and CDRs of every version', () => {
    expect(evseOf({ evse_uid: 'E-1' })).toBe('E-1');
    expect(evseOf({ cdr_location: { evse_uid: 'E-2' } })).toBe('E-2');
    expect(evseOf({ location: { evses: [{ uid: 'E-3' }] } })).toBe('E-3');
  });
});
