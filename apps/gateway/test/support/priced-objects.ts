import type { Cdr, Price, Session } from '@roambridge/domain';
import type { Members } from './table-objects.js';

/** Sessions and CDRs of the tables (2.3.0) as the domain has them: amounts and volumes are exact decimal texts. */

const PRICES = /^total_(fixed_|energy_|time_|parking_|reservation_)?cost$/;
const DECIMALS = /^(kwh|total_energy|total_time|total_parking_time)$/;

export function asSession(wire: Members): Session {
  return asDomain(wire) as unknown as Session;
}

export function asCdr(wire: Members): Cdr {
  return asDomain(wire) as unknown as Cdr;
}

function asDomain(wire: Members): Members {
  return Object.fromEntries(
    Object.entries(wire).map(([name, value]) => {
      if (PRICES.test(name)) return [name, asPrice(value as Members)];
      if (DECIMALS.test(name)) return [name, String(value)];
      if (name === 'charging_periods') return [name, (value as Members[]).map(asPeriod)];
      return [name, value];
    }),
  );
}

function asPeriod({ dimensions, ...period }: Members): Members {
  return {
    ...period,
    dimensions: (dimensions as Members[]).map(({ type, volume }) => ({ type, volume: String(volume) })),
  };
}

function asPrice({ before_taxes, taxes = [] }: Members): Price {
  const items = taxes as { name: string; percentage?: number; amount: number }[];
  const sum = items.reduce((total, { amount }) => total + amount, Number(before_taxes));
  return {
    excl_vat: String(before_taxes),
    incl_vat: sum.toFixed(4),
    taxes: items.map(({ name, percentage, amount }) => ({
      name,
      ...(percentage === undefined ? {} : { percentage }),
      amount: String(amount),
    })),
  };
}
