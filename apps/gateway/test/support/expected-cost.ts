import type { Rate, Rates } from './master-data.js';

/** What a session used, by the readings and the clock of its charger. */
export interface Used {
  /** Tenths of Wh, the precision of the simulated meters. */
  energyDeciWh: bigint;
  chargingSeconds: bigint;
  parkingSeconds: bigint;
}

export interface ExpectedCost {
  exclVat: number;
  inclVat: number;
}

/** Exact rational number. */
interface Fraction {
  over: bigint;
  under: bigint;
}

/** OCPI publishes amounts with four decimals. */
const PUBLISHED = 10_000n;

/**
 * The price of a session by hand: every component bills its volume rounded up to its step (OCPI TA-41), of the time
 * based ones only the last (TA-44); VAT is added per component, and only the sums are rounded, half up.
 */
export function expectedCost(rates: Rates, used: Used): ExpectedCost {
  const parks = used.parkingSeconds > 0n && rates.PARKING_TIME !== undefined;
  const amounts: { rate: Rate; net: Fraction }[] = [];
  const bill = (rate: Rate | undefined, volume: Fraction) => {
    if (rate) amounts.push({ rate, net: times(decimal(rate.price), volume) });
  };
  bill(rates.FLAT, { over: 1n, under: 1n });
  bill(rates.ENERGY, {
    over: stepped(used.energyDeciWh, BigInt(rates.ENERGY?.stepSize ?? 1) * 10n),
    under: 10_000n,
  });
  bill(rates.TIME, {
    over: parks ? used.chargingSeconds : stepped(used.chargingSeconds, BigInt(rates.TIME?.stepSize ?? 1)),
    under: 3_600n,
  });
  if (parks) {
    const step = BigInt(rates.PARKING_TIME?.stepSize ?? 1);
    bill(rates.PARKING_TIME, { over: stepped(used.parkingSeconds, step), under: 3_600n });
  }
  const net = sum(amounts.map((amount) => amount.net));
  const gross = sum(
    amounts.map(({ rate, net: part }) => {
      const percent = decimal(String(rate.vatPercent));
      return times(part, { over: 100n * percent.under + percent.over, under: 100n * percent.under });
    }),
  );
  return { exclVat: published(net), inclVat: published(gross) };
}

function stepped(volume: bigint, step: bigint): bigint {
  return ((volume + step - 1n) / step) * step;
}

function decimal(text: string): Fraction {
  const [whole = '0', fraction = ''] = text.split('.');
  return { over: BigInt(whole + fraction), under: 10n ** BigInt(fraction.length) };
}

function times(a: Fraction, b: Fraction): Fraction {
  return { over: a.over * b.over, under: a.under * b.under };
}

function sum(parts: readonly Fraction[]): Fraction {
  return parts.reduce(
    (total, part) => ({
      over: total.over * part.under + part.over * total.under,
      under: total.under * part.under,
    }),
    { over: 0n, under: 1n },
  );
}

function published({ over, under }: Fraction): number {
  return Number((over * PUBLISHED * 2n + under) / (under * 2n)) / Number(PUBLISHED);
}
