import type { PriceComponent, Tariff, TariffRestrictions } from '../../src/index.js';
import { type Fraction, fraction, less, over, parse, plus, times, ZERO } from './fraction.js';
import { type WallClock, wallClock } from './wall-clock.js';

// A second calculation of prices, written from the requirements alone and without any code of the engine: it walks
// through a session tick by tick, asks at each tick what applies, and adds up.

/** A part of a session during which the same flows in every tick. */
export interface Segment {
  kind: 'charge' | 'park' | 'reserve';
  ticks: number;
  /** Thousandths of a Wh in each tick. */
  milliWh: number;
  /** Absent where nobody metered it. */
  watt?: number;
  ampere?: number;
}

export interface NaiveSession {
  tariff: Tariff;
  zone: string;
  /** Seconds since 1970. */
  start: number;
  tickSeconds: number;
  segments: Segment[];
  outcome?: 'USED' | 'EXPIRED' | 'CANCELLED';
}

type Share = 'fixed' | 'energy' | 'time' | 'parking' | 'reservation';

export interface NaiveAmount {
  excl: Fraction;
  /** Absent when no VAT applies. */
  incl?: Fraction;
}

export type NaivePrice =
  | { hold: 'LOAD_UNKNOWN' | 'TARIFF_INVALID' }
  | { total: NaiveAmount; unlimited: NaiveAmount; shares: Map<Share, NaiveAmount> };

interface Entry {
  component: PriceComponent;
  restrictions: TariffRestrictions;
  share: Share;
}

/** The session at a tick. */
interface State {
  clock: WallClock;
  seconds: number;
  milliWh: number;
  watt: number | undefined;
  ampere: number | undefined;
}

/** Volume of each entry: seconds, thousandths of a Wh, or times. */
type Bill = Map<Entry, number>;

class Unknown extends Error {}

export function naivePrice(session: NaiveSession): NaivePrice {
  const { tariff } = session;
  const bill: Bill = new Map();
  const active = new Set<Entry>();
  try {
    walk(session, bill, active);
  } catch (error) {
    if (error instanceof Unknown) return { hold: 'LOAD_UNKNOWN' };
    throw error;
  }
  const shares = new Map<Share, NaiveAmount>();
  for (const share of new Set([...active].map((entry) => entry.share))) {
    const entries = [...active].filter((entry) => entry.share === share);
    shares.set(share, amount(tariff, bill, entries, taxable(tariff, entries)));
  }
  const all = tariff.elements.flatMap(({ price_components }) => price_components);
  const unlimited = amount(
    tariff,
    bill,
    [...bill.keys()],
    taxable(
      tariff,
      all.map((component) => ({ component })),
    ),
  );
  const charged = session.segments.some(({ kind }) => kind !== 'reserve');
  const total = clamp(tariff, unlimited, charged);
  if (total === undefined) return { hold: 'TARIFF_INVALID' };
  return { total, unlimited, shares };
}

// --- what applies when

function walk(session: NaiveSession, bill: Bill, active: Set<Entry>): void {
  const { tariff, zone, start, tickSeconds, segments, outcome } = session;
  const entries = tariff.elements.flatMap((element) =>
    element.price_components.map((component): Entry => {
      const restrictions = element.restrictions ?? {};
      return { component, restrictions, share: shareOf(component, element.price_components, restrictions) };
    }),
  );
  const own = (type: string): Entry[] =>
    entries.filter((entry) => entry.component.type === type && !entry.restrictions.reservation);
  const reserved = (type: string, kind: string): Entry[] =>
    entries.filter((entry) => entry.component.type === type && entry.restrictions.reservation === kind);

  const expired = outcome === 'EXPIRED';
  const expiredTime = expired ? reserved('TIME', 'RESERVATION_EXPIRES') : [];
  const reservationTime = expiredTime.length > 0 ? expiredTime : reserved('TIME', 'RESERVATION');
  const lists = { ENERGY: own('ENERGY'), TIME: own('TIME'), PARKING_TIME: own('PARKING_TIME') };
  const fees = { session: own('FLAT'), reservation: reserved('FLAT', 'RESERVATION') };
  const expiryFees = expired ? reserved('FLAT', 'RESERVATION_EXPIRES') : [];
  const paid = new Set<Entry[]>();

  const use = (list: Entry[], state: State, volume: number): Entry | undefined => {
    const entry = firstMatch(list, state, volume);
    if (entry === undefined) return undefined;
    active.add(entry);
    bill.set(entry, (bill.get(entry) ?? 0) + volume);
    return volume > 0 ? entry : undefined;
  };
  const payOnce = (list: Entry[], state: State): void => {
    if (!paid.has(list) && use(list, state, 1)) paid.add(list);
  };

  let lastEnergy: Entry | undefined;
  let lastTime: Entry | undefined;
  let lastReservation: Entry | undefined;
  let at = start;
  let milliWh = 0;
  let sessionStart: number | undefined;
  for (const segment of segments) {
    const { kind, ticks, watt, ampere } = segment;
    if (kind !== 'reserve') sessionStart ??= at;
    for (let tick = 0; tick < ticks; tick += 1) {
      const clock = wallClock(zone, at);
      if (kind === 'reserve') {
        const state = { clock, seconds: at - start, milliWh: 0, watt: 0, ampere: 0 };
        payOnce(fees.reservation, state);
        payOnce(expiryFees, state);
        lastReservation = use(reservationTime, state, tickSeconds) ?? lastReservation;
      }
      for (const piece of kind === 'reserve' ? [] : pieces(tariff, milliWh, segment.milliWh, tickSeconds)) {
        const seconds = at + piece.after - (sessionStart ?? at);
        const state = { clock, seconds, milliWh: piece.from, watt, ampere };
        payOnce(fees.session, state);
        lastEnergy = use(lists.ENERGY, state, piece.to - piece.from) ?? lastEnergy;
        const list = kind === 'charge' ? lists.TIME : lists.PARKING_TIME;
        lastTime = use(list, state, piece.seconds) ?? lastTime;
      }
      at += tickSeconds;
      milliWh += kind === 'reserve' ? 0 : segment.milliWh;
    }
  }
  // TA-42, TA-43, TA-47: one step for energy, one for time and parking, one for the reservation.
  roundUp(bill, lastEnergy, lists.ENERGY, 1000);
  roundUp(bill, lastTime, lastTime?.component.type === 'TIME' ? lists.TIME : lists.PARKING_TIME, 1);
  roundUp(bill, lastReservation, reservationTime, 1);
}

/** CD-41 */
function shareOf(
  { type }: PriceComponent,
  siblings: readonly PriceComponent[],
  { reservation }: TariffRestrictions,
): Share {
  if (reservation) return 'reservation';
  if (type === 'ENERGY') return 'energy';
  if (type === 'TIME') return 'time';
  if (type === 'PARKING_TIME') return 'parking';
  const types = new Set(siblings.map((sibling) => sibling.type));
  return types.has('PARKING_TIME') && !types.has('TIME') && !types.has('ENERGY') ? 'parking' : 'fixed';
}

interface Piece {
  from: number;
  to: number;
  /** Whole seconds after the start of the tick, and how long. */
  after: number;
  seconds: number;
}

/** A tick, cut where its energy reaches a threshold of the tariff: in the second in which that happens. */
function pieces({ elements }: Tariff, from: number, milliWh: number, tickSeconds: number): Piece[] {
  const marks = elements
    .flatMap(({ restrictions }) => [restrictions?.min_kwh, restrictions?.max_kwh])
    .flatMap((kwh) => (kwh === undefined ? [] : [Math.round(kwh * 1_000_000)]))
    .filter((mark) => mark > from && mark < from + milliWh)
    .sort((a, b) => a - b);
  const found: Piece[] = [];
  let open = { from, after: 0 };
  for (const mark of marks) {
    const second = Math.floor(((mark - from) * tickSeconds) / milliWh);
    found.push({ ...open, to: mark, seconds: second - open.after });
    open = { from: mark, after: second };
  }
  found.push({ ...open, to: from + milliWh, seconds: tickSeconds - open.after });
  return found;
}

/** TA-20: the first in the order of the tariff that matches. */
function firstMatch(list: Entry[], state: State, volume: number): Entry | undefined {
  for (const entry of list) {
    const match = matches(entry.restrictions, state);
    if (match === undefined) {
      if (volume === 0) return undefined;
      throw new Unknown();
    }
    if (match) return entry;
  }
  return undefined;
}

/** TA-23 to TA-29; undefined = it depends on what nobody metered. */
function matches(r: TariffRestrictions, state: State): boolean | undefined {
  const { clock, seconds, milliWh, watt, ampere } = state;
  if (r.start_time !== undefined || r.end_time !== undefined) {
    const from = minutes(r.start_time ?? '00:00');
    const until = minutes(r.end_time ?? '00:00') || 1440;
    const now = clock.minuteOfDay;
    if (from < until ? now < from || now >= until : now < from && now >= until) return false;
  }
  if (r.start_date !== undefined && clock.date < Number(r.start_date.replaceAll('-', ''))) return false;
  if (r.end_date !== undefined && clock.date >= Number(r.end_date.replaceAll('-', ''))) return false;
  if (r.day_of_week !== undefined && r.day_of_week.length > 0 && !r.day_of_week.includes(clock.day)) {
    return false;
  }
  if (r.min_duration !== undefined && seconds < r.min_duration) return false;
  if (r.max_duration !== undefined && seconds >= r.max_duration) return false;
  if (r.min_kwh !== undefined && milliWh < Math.round(r.min_kwh * 1_000_000)) return false;
  if (r.max_kwh !== undefined && milliWh >= Math.round(r.max_kwh * 1_000_000)) return false;
  const bounds = [
    [watt, scaled(r.min_power, 1000), scaled(r.max_power, 1000)],
    [ampere, r.min_current, r.max_current],
  ] as const;
  let unknown = false;
  for (const [value, min, max] of bounds) {
    if (min === undefined && max === undefined) continue;
    if (value === undefined) unknown = true;
    else if ((min !== undefined && value < min) || (max !== undefined && value >= max)) return false;
  }
  return unknown ? undefined : true;
}

function minutes(time: string): number {
  const [hour, minute] = time.split(':');
  return Number(hour) * 60 + Number(minute);
}

function scaled(value: number | undefined, by: number): number | undefined {
  return value === undefined ? undefined : Math.round(value * by);
}

// --- what it comes to

/** TA-41 to TA-45: what the whole dimension lacks to the next step is added to its last component. */
function roundUp(bill: Bill, last: Entry | undefined, dimension: Entry[], unitsPerStep: number): void {
  if (last === undefined) return;
  const step = Math.max(1, last.component.step_size) * unitsPerStep;
  let total = 0;
  for (const entry of dimension) total += bill.get(entry) ?? 0;
  const steps = BigInt(total) / BigInt(step) + (total % step === 0 ? 0n : 1n);
  bill.set(last, (bill.get(last) ?? 0) + Number(steps) * step - total);
}

/** TA-61, TA-62: percentage of a component, undefined where no VAT applies. */
function vatOf(tariff: Tariff, { vat }: PriceComponent): number | undefined {
  return tariff.tax_included === 'N/A' ? undefined : vat;
}

function taxable(tariff: Tariff, entries: readonly Pick<Entry, 'component'>[]): boolean {
  return entries.some(({ component }) => vatOf(tariff, component) !== undefined);
}

function amount(tariff: Tariff, bill: Bill, entries: readonly Entry[], withVat: boolean): NaiveAmount {
  let excl = ZERO;
  let incl = ZERO;
  for (const entry of entries) {
    const { component } = entry;
    const per = component.type === 'FLAT' ? 1 : component.type === 'ENERGY' ? 1_000_000 : 3600;
    const stated = times(parse(component.price), fraction(bill.get(entry) ?? 0, per));
    const vat = vatOf(tariff, component) ?? 0;
    const factor = plus(fraction(1), over(parse(vat), fraction(100)));
    const gross = tariff.tax_included === 'YES';
    excl = plus(excl, gross ? over(stated, factor) : stated);
    incl = plus(incl, gross ? stated : times(stated, factor));
  }
  return withVat ? { excl, incl } : { excl };
}

/** TA-63, TA-64; undefined = the limits contradict each other. */
function clamp(tariff: Tariff, unlimited: NaiveAmount, charged: boolean): NaiveAmount | undefined {
  let { excl, incl } = unlimited;
  for (const member of ['min_price', 'max_price'] as const) {
    const limit = tariff[member];
    if (limit === undefined || (member === 'min_price' && !charged)) continue;
    const beyond = (value: Fraction, bound: Fraction): boolean =>
      member === 'min_price' ? less(value, bound) : less(bound, value);
    const net = parse(limit.before_taxes);
    const moved = beyond(excl, net);
    if (moved) excl = net;
    if (incl === undefined) continue;
    if (limit.after_taxes !== undefined) {
      const gross = parse(limit.after_taxes);
      if (beyond(incl, gross)) incl = gross;
    } else if (moved) {
      const vats = new Set(
        tariff.elements.flatMap(({ price_components }) => price_components.map((c) => vatOf(tariff, c))),
      );
      if (vats.size !== 1) return undefined;
      incl = times(net, plus(fraction(1), over(parse([...vats][0] ?? 0), fraction(100))));
    }
  }
  if (incl !== undefined && less(incl, excl)) return undefined;
  return incl === undefined ? { excl } : { excl, incl };
}
