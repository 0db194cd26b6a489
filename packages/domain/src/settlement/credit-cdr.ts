import Big from 'big.js';
import type { Decimal, EpochMs, Price } from '../roaming/common.js';
import type { Cdr } from '../roaming/session.js';

/** CD-22: only the id of a credit CDR may be longer than 36 characters. */
const CREDIT_SUFFIX = '-C';

/** Id of the credit CDR of a CDR: there is one at most, and it is the same whenever it is made. */
export function creditIdOf(cdrId: string): string {
  return `${cdrId}${CREDIT_SUFFIX}`;
}

/**
 * The CDR that takes another one back: a copy with a new id, the reference to the original and the total cost negated;
 * every other amount stays as it was (CD-20, CD-23).
 */
export function creditCdr(original: Cdr, lastUpdated: EpochMs): Cdr {
  return {
    ...original,
    id: creditIdOf(original.id),
    total_cost: negated(original.total_cost),
    credit: true,
    credit_reference_id: original.id,
    last_updated: new Date(lastUpdated).toISOString(),
  };
}

function negated({ excl_vat, incl_vat, taxes }: Price): Price {
  return {
    excl_vat: minus(excl_vat),
    ...(incl_vat === undefined ? {} : { incl_vat: minus(incl_vat) }),
    ...(taxes === undefined ? {} : { taxes: taxes.map((tax) => ({ ...tax, amount: minus(tax.amount) })) }),
  };
}

/** Nothing owed is nothing given back: zero has no sign. */
function minus(amount: Decimal): Decimal {
  const value = new Big(amount);
  return value.eq(0) ? '0' : value.times(-1).toFixed();
}
