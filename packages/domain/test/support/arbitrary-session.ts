import fc from 'fast-check';
import type {
  PriceComponent,
  PriceLimit,
  Tariff,
  TariffElement,
  TariffRestrictions,
} from '../../src/index.js';
import type { NaiveSession, Segment } from './naive-price.js';
import { NOTABLE_MOMENTS, ZONES } from './wall-clock.js';

const DAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];
/** Ticks that clock times and durations of a tariff are whole multiples of. */
const TICKS = [1, 60, 900];
const MAX_TICKS = 45;
const MAX_WATT = 50_000;

const chance = (percent: number) => fc.integer({ min: 0, max: 99 }).map((n) => n < percent);
const maybe = <T>(percent: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  chance(percent).chain((yes) => (yes ? arbitrary : fc.constant(undefined)));
const decimal = (max: number, decimals: number) =>
  fc.integer({ min: 0, max: max * 10 ** decimals }).map((n) => n / 10 ** decimals);

function present<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as never;
}

const two = (n: number): string => String(n).padStart(2, '0');
const day = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10);

/** Restrictions whose thresholds lie where the session goes through them. */
function restrictions(shape: Shape): fc.Arbitrary<TariffRestrictions> {
  const { tick, start } = shape;
  const ticks = (max: number) => fc.integer({ min: 0, max }).map((n) => n * tick);
  const nearMinute = fc.integer({ min: -20, max: MAX_TICKS + 20 }).map((n) => {
    const minutes = Math.floor((start + n * Math.max(tick, 60)) / 60);
    // Local clocks differ from UTC by quarters of an hour in the zones in use.
    return (((minutes + shape.offsetMinutes) % 1440) + 1440) % 1440;
  });
  const time = nearMinute.map((minute) => {
    const rounded = tick > 60 ? minute - (minute % (tick / 60)) : minute;
    return `${two(Math.floor(rounded / 60))}:${two(rounded % 60)}`;
  });
  const date = fc.integer({ min: -1, max: 2 }).map((n) => day(start + n * 86_400));
  const kwh = fc
    .integer({ min: 0, max: Math.ceil((tick * MAX_TICKS * MAX_WATT) / 3600) })
    .map((wh) => wh / 1000);
  const kw = decimal(MAX_WATT / 1000, 1);
  const ampere = decimal(80, 1);
  return fc
    .record({
      start_time: maybe(25, time),
      end_time: maybe(
        25,
        fc.oneof({ weight: 4, arbitrary: time }, { weight: 1, arbitrary: fc.constant('00:00') }),
      ),
      start_date: maybe(8, date),
      end_date: maybe(8, date),
      min_kwh: maybe(15, kwh),
      max_kwh: maybe(15, kwh),
      min_power: maybe(10, kw),
      max_power: maybe(10, kw),
      min_current: maybe(8, ampere),
      max_current: maybe(8, ampere),
      min_duration: maybe(15, ticks(MAX_TICKS)),
      max_duration: maybe(15, ticks(MAX_TICKS)),
      day_of_week: maybe(12, fc.subarray(DAYS)),
      reservation: maybe(12, fc.constantFrom('RESERVATION' as const, 'RESERVATION_EXPIRES' as const)),
    })
    .map((r) => {
      // From one time to the same is not defined.
      if (r.start_time === r.end_time) r.end_time = undefined;
      return present(r) as TariffRestrictions;
    });
}

const STEPS = [0, 1, 1, 1, 7, 60, 100, 300, 500, 900, 1800];

function component(type: PriceComponent['type'], vats: readonly (number | undefined)[]) {
  return fc
    .record({
      price: fc.oneof({ weight: 9, arbitrary: decimal(9, 4) }, { weight: 1, arbitrary: fc.constant(0) }),
      step_size: fc.constantFrom(...STEPS),
      vat: fc.constantFrom(...vats),
    })
    .map((members) => ({ type, ...present(members) }) as PriceComponent);
}

function element(shape: Shape, vats: readonly (number | undefined)[]): fc.Arbitrary<TariffElement> {
  return maybe(65, restrictions(shape)).chain((r) => {
    const types = r?.reservation ? ['FLAT', 'TIME'] : ['FLAT', 'TIME', 'ENERGY', 'PARKING_TIME'];
    return fc
      .subarray(types as PriceComponent['type'][], { minLength: 1 })
      .chain((chosen) => fc.tuple(...chosen.map((type) => component(type, vats))))
      .map((price_components) => ({ price_components, ...(r && { restrictions: r }) }));
  });
}

const TAXES = [
  { tax_included: 'N/A', vats: [undefined] },
  { tax_included: 'NO', vats: [undefined, 0, 7, 19] },
  { tax_included: 'NO', vats: [20] },
  { tax_included: 'NO', vats: [7.7, 5.2] },
  { tax_included: 'YES', vats: [19, 7, 0] },
  { tax_included: 'YES', vats: [21] },
] as const;

function limit(single: boolean): fc.Arbitrary<PriceLimit> {
  return fc
    .record({ before: decimal(20, 2), more: fc.integer({ min: 0, max: 300 }), net: chance(single ? 40 : 0) })
    .map(({ before, more, net }) => ({
      before_taxes: before,
      ...(!net && { after_taxes: Math.round(before * 100 + more) / 100 }),
    }));
}

/** A tariff whose times and thresholds lie near the session of `shape`. */
export function arbitraryTariff(shape: Shape): fc.Arbitrary<Tariff> {
  return fc.constantFrom(...TAXES).chain(({ tax_included, vats }) =>
    fc
      .record({
        elements: fc.array(element(shape, vats), { minLength: 1, maxLength: 5 }),
        min_price: maybe(20, limit(vats.length === 1)),
        max_price: maybe(20, limit(vats.length === 1)),
      })
      .map(
        (members) =>
          ({
            country_code: 'NL',
            party_id: 'CPO',
            id: 'T1',
            currency: 'EUR',
            tax_included,
            last_updated: '2026-01-01T00:00:00Z',
            ...present(members),
          }) as Tariff,
      ),
  );
}

interface Shape {
  tick: number;
  start: number;
  zone: string;
  /** Roughly, to choose times near the session. */
  offsetMinutes: number;
}

const OFFSET_MINUTES: Record<string, number> = {
  UTC: 0,
  'Asia/Kathmandu': 345,
  'Europe/Amsterdam': 120,
  'America/New_York': -300,
  'Australia/Lord_Howe': 660,
};

/** When and where a session is. */
export const arbitraryShape: fc.Arbitrary<Shape> = fc
  .record({
    tick: fc.constantFrom(...TICKS),
    notable: fc.constantFrom(...NOTABLE_MOMENTS),
    before: fc.integer({ min: -3, max: MAX_TICKS }),
    zone: fc.constantFrom(...ZONES),
  })
  .map(({ tick, notable, before, zone }) => ({
    tick,
    zone,
    start: Math.floor(notable / tick) * tick - before * tick,
    offsetMinutes: OFFSET_MINUTES[zone] ?? 0,
  }));

function segment(kind: Segment['kind'], tick: number, known: boolean): fc.Arbitrary<Segment> {
  return fc
    .record({
      ticks: fc.integer({ min: 1, max: MAX_TICKS / 3 }),
      watt: fc.integer({ min: 0, max: MAX_WATT }),
      ampere: fc.integer({ min: 0, max: 800 }),
      flows: chance(kind === 'charge' ? 90 : 15),
      metered: chance(known ? 100 : 60),
    })
    .map(({ ticks, watt, ampere, flows, metered }) => ({
      kind,
      ticks,
      milliWh: flows && kind !== 'reserve' ? Math.floor((watt * tick * 1000) / 3600) : 0,
      ...(metered && { watt, ampere: ampere / 10 }),
    }));
}

/** Tariffs of every kind, each with a session that passes its thresholds. */
export const arbitrarySession: fc.Arbitrary<NaiveSession> = arbitraryShape.chain((at) =>
  fc
    .record({
      tariff: arbitraryTariff(at),
      known: chance(85),
      reserved: chance(30),
      charged: chance(92),
      kinds: fc.array(fc.constantFrom('charge' as const, 'charge' as const, 'park' as const), {
        minLength: 1,
        maxLength: 4,
      }),
      unused: fc.constantFrom('EXPIRED' as const, 'CANCELLED' as const),
    })
    .chain(({ tariff, known, reserved, charged, kinds, unused }) => {
      const all = [...(reserved || !charged ? ['reserve' as const] : []), ...(charged ? kinds : [])];
      return fc.tuple(...all.map((kind) => segment(kind, at.tick, known))).map((segments): NaiveSession => {
        const outcome = all[0] === 'reserve' ? (charged ? 'USED' : unused) : undefined;
        return {
          tariff,
          zone: at.zone,
          start: at.start,
          tickSeconds: at.tick,
          segments,
          ...(outcome && { outcome }),
        };
      });
    }),
);
