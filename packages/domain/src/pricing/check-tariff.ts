import {
  DAYS_OF_WEEK,
  TARIFF_DIMENSIONS,
  type Tariff,
  type TariffElement,
  type TariffRestrictions,
} from '../roaming/tariff.js';
import { type FaultPath, type Unpriceable, type UnpriceableReason, unpriceable } from './pricing.js';

const CLOCK_TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const CALENDAR_DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

const NUMERIC = [
  'min_kwh',
  'max_kwh',
  'min_current',
  'max_current',
  'min_power',
  'max_power',
  'min_duration',
  'max_duration',
] as const;

// A tariff is never changed, and prices many sessions.
const sound = new WeakSet<Tariff>();

/** What keeps a tariff from being evaluated, by element and member; undefined when nothing does. */
export function checkTariff(tariff: Tariff): Unpriceable | undefined {
  if (sound.has(tariff)) return undefined;
  const problem = findProblem(tariff);
  if (problem === undefined) sound.add(tariff);
  return problem;
}

function findProblem(tariff: Tariff): Unpriceable | undefined {
  if (tariff.elements.length === 0) return fault('TARIFF_INVALID', ['elements'], 'is empty');
  for (const [index, element] of tariff.elements.entries()) {
    const problem = checkComponents(tariff, element, index) ?? checkRestrictions(element.restrictions, index);
    if (problem !== undefined) return problem;
  }
  for (const member of ['min_price', 'max_price'] as const) {
    for (const [amount, value] of Object.entries(tariff[member] ?? {})) {
      if (!isAmount(value)) return fault('TARIFF_INVALID', [member, amount], 'is no amount');
    }
  }
  return undefined;
}

function checkComponents(tariff: Tariff, element: TariffElement, index: number): Unpriceable | undefined {
  for (const [position, { type, price, vat, step_size }] of element.price_components.entries()) {
    const at = ['elements', index, 'price_components', position] as const;
    if (!TARIFF_DIMENSIONS.includes(type)) {
      return fault('TARIFF_NOT_SUPPORTED', [...at, 'type'], `${type} is not a known dimension`);
    }
    // OCPI TA-30
    if (element.restrictions?.reservation !== undefined && type !== 'TIME' && type !== 'FLAT') {
      return fault('TARIFF_INVALID', [...at, 'type'], `a reservation has no ${type}`);
    }
    if (!isAmount(price)) return fault('TARIFF_INVALID', [...at, 'price'], 'is no amount');
    if (vat !== undefined && !isAmount(vat)) {
      return fault('TARIFF_INVALID', [...at, 'vat'], 'is no percentage');
    }
    if (!Number.isSafeInteger(step_size)) {
      return fault('TARIFF_INVALID', [...at, 'step_size'], 'is no whole number');
    }
    // OCPI TA-65: without the rate nobody can tell how much of a price is tax.
    if (tariff.tax_included === 'YES' && vat === undefined && price !== 0) {
      return fault('TAX_UNKNOWN', [...at, 'vat'], 'is absent although tax_included is YES');
    }
  }
  return undefined;
}

function checkRestrictions(
  restrictions: TariffRestrictions | undefined,
  index: number,
): Unpriceable | undefined {
  if (restrictions === undefined) return undefined;
  const invalid = (member: keyof TariffRestrictions, problem: string): Unpriceable =>
    fault('TARIFF_INVALID', ['elements', index, 'restrictions', member], problem);
  for (const member of NUMERIC) {
    const value = restrictions[member];
    if (value !== undefined && !isAmount(value)) return invalid(member, 'is no amount');
  }
  for (const member of ['start_time', 'end_time'] as const) {
    const value = restrictions[member];
    if (value !== undefined && !CLOCK_TIME.test(value)) {
      return invalid(member, `${value} is not of the form HH:MM`);
    }
  }
  for (const member of ['start_date', 'end_date'] as const) {
    const value = restrictions[member];
    if (value !== undefined && !CALENDAR_DATE.test(value)) {
      return invalid(member, `${value} is not of the form YYYY-MM-DD`);
    }
  }
  const stranger = restrictions.day_of_week?.find((day) => !DAYS_OF_WEEK.includes(day));
  return stranger === undefined ? undefined : invalid('day_of_week', `${stranger} is no day`);
}

function fault(
  reason: UnpriceableReason,
  members: readonly (string | number)[],
  problem: string,
): Unpriceable {
  const path: FaultPath = ['tariff', ...members];
  return unpriceable(reason, path, problem);
}

function isAmount(value: number): boolean {
  return Number.isFinite(value) && value >= 0;
}
