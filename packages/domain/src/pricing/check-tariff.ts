import {
  TARIFF_DIMENSIONS,
  type Tariff,
  type TariffElement,
  type TariffRestrictions,
} from '../roaming/tariff.js';
import { type Unpriceable, unpriceable } from './pricing.js';
import { DAYS_OF_WEEK } from './restriction-match.js';

const CLOCK_TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const CALENDAR_DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** The session's data does not tell the momentary power and current, nor a reservation before it. */
const UNSUPPORTED = ['min_current', 'max_current', 'min_power', 'max_power', 'reservation'] as const;
const NUMERIC = ['min_kwh', 'max_kwh', 'min_duration', 'max_duration'] as const;

/** What keeps a tariff from being evaluated, by element and member; undefined when nothing does. */
export function checkTariff(tariff: Tariff): Unpriceable | undefined {
  if (tariff.elements.length === 0) return unpriceable('TARIFF_INVALID', 'elements: is empty');
  for (const [index, element] of tariff.elements.entries()) {
    const problem = checkComponents(tariff, element, index) ?? checkRestrictions(element.restrictions, index);
    if (problem !== undefined) return problem;
  }
  for (const member of ['min_price', 'max_price'] as const) {
    const limit = tariff[member];
    if (limit === undefined) continue;
    if (!isAmount(limit.before_taxes))
      return unpriceable('TARIFF_INVALID', `${member}.before_taxes: is no amount`);
    if (limit.after_taxes !== undefined && !isAmount(limit.after_taxes)) {
      return unpriceable('TARIFF_INVALID', `${member}.after_taxes: is no amount`);
    }
  }
  return undefined;
}

function checkComponents(tariff: Tariff, element: TariffElement, index: number): Unpriceable | undefined {
  for (const [position, { type, price, vat, step_size }] of element.price_components.entries()) {
    const at = `elements[${index}].price_components[${position}]`;
    if (!TARIFF_DIMENSIONS.includes(type)) {
      return unpriceable('TARIFF_NOT_SUPPORTED', `${at}.type: ${type} is not a known dimension`);
    }
    if (!isAmount(price)) return unpriceable('TARIFF_INVALID', `${at}.price: is no amount`);
    if (vat !== undefined && !isAmount(vat))
      return unpriceable('TARIFF_INVALID', `${at}.vat: is no percentage`);
    if (!Number.isFinite(step_size)) return unpriceable('TARIFF_INVALID', `${at}.step_size: is no number`);
    // OCPI TA-65: without the rate nobody can tell how much of a price is tax.
    if (tariff.tax_included === 'YES' && vat === undefined && price !== 0) {
      return unpriceable('TAX_UNKNOWN', `${at}.vat: is absent although tax_included is YES`);
    }
  }
  return undefined;
}

function checkRestrictions(
  restrictions: TariffRestrictions | undefined,
  index: number,
): Unpriceable | undefined {
  if (restrictions === undefined) return undefined;
  const at = `elements[${index}].restrictions`;
  for (const member of UNSUPPORTED) {
    if (restrictions[member] !== undefined) {
      return unpriceable('TARIFF_NOT_SUPPORTED', `${at}.${member}: cannot be evaluated`);
    }
  }
  for (const member of NUMERIC) {
    const value = restrictions[member];
    if (value !== undefined && !isAmount(value))
      return unpriceable('TARIFF_INVALID', `${at}.${member}: is no amount`);
  }
  for (const member of ['start_time', 'end_time'] as const) {
    const value = restrictions[member];
    if (value !== undefined && !CLOCK_TIME.test(value)) {
      return unpriceable('TARIFF_INVALID', `${at}.${member}: ${value} is not of the form HH:MM`);
    }
  }
  for (const member of ['start_date', 'end_date'] as const) {
    const value = restrictions[member];
    if (value !== undefined && !CALENDAR_DATE.test(value)) {
      return unpriceable('TARIFF_INVALID', `${at}.${member}: ${value} is not of the form YYYY-MM-DD`);
    }
  }
  const stranger = restrictions.day_of_week?.find((day) => !DAYS_OF_WEEK.includes(day));
  if (stranger !== undefined)
    return unpriceable('TARIFF_INVALID', `${at}.day_of_week: ${stranger} is no day`);
  return undefined;
}

function isAmount(value: number): boolean {
  return Number.isFinite(value) && value >= 0;
}
