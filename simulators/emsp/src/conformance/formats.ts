import type { Json } from '../json.js';
import type { OcpiVersion } from '../version.js';

const LANGUAGE = /^[A-Za-z]{2}$/; // ISO 639-1
const CURRENCY = /^[A-Z]{3}$/; // ISO 4217
const COUNTRY_ALPHA_2 = /^[A-Za-z]{2}$/;
const COUNTRY_ALPHA_3 = /^[A-Z]{3}$/;
const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d$/;
const LOCAL_DATE = /^\d{4}-(0\d|1[0-2])-([0-2]\d|3[01])$/;
const WEEKDAY = /^[1-7]$/; // Monday first
const NO_MARKUP = /^(?!.*<[a-z/!])/is;
const PIXELS = /^\d{1,5}$/;

/** LO-26: exactly six decimals in 2.1.1, five to seven later. */
const LATITUDE = { old: /^-?\d{1,2}\.\d{6}$/, current: /^-?\d{1,2}\.\d{5,7}$/ };
const LONGITUDE = { old: /^-?\d{1,3}\.\d{6}$/, current: /^-?\d{1,3}\.\d{5,7}$/ };

type Format = RegExp | { old: RegExp; current: RegExp };

/** What the text of a property says about its form, beyond its type (`Object.member`, and what demands it). */
const FORMATS: Record<string, readonly [form: Format, rule: string]> = {
  'DisplayText.language': [LANGUAGE, 'TY-12'],
  'DisplayText.text': [NO_MARKUP, 'TY-12'],
  'Token.language': [LANGUAGE, 'TO-08'],
  'Location.country': [COUNTRY_ALPHA_3, 'LO-24'],
  'Location.country_code': [COUNTRY_ALPHA_2, 'LO-24'],
  'CdrLocation.country': [COUNTRY_ALPHA_3, 'LO-24'],
  'Session.currency': [CURRENCY, 'ISO 4217'],
  'CDR.currency': [CURRENCY, 'ISO 4217'],
  'Tariff.currency': [CURRENCY, 'ISO 4217'],
  'GeoLocation.latitude': [LATITUDE, 'LO-26'],
  'GeoLocation.longitude': [LONGITUDE, 'LO-26'],
  'AdditionalGeoLocation.latitude': [LATITUDE, 'LO-26'],
  'AdditionalGeoLocation.longitude': [LONGITUDE, 'LO-26'],
  'RegularHours.weekday': [WEEKDAY, 'LO-30'],
  'RegularHours.period_begin': [TIME_OF_DAY, 'LO-30'],
  'RegularHours.period_end': [TIME_OF_DAY, 'LO-30'],
  'Image.width': [PIXELS, 'LO-36'],
  'Image.height': [PIXELS, 'LO-36'],
  'TariffRestrictions.start_time': [TIME_OF_DAY, 'TA-24'],
  'TariffRestrictions.end_time': [TIME_OF_DAY, 'TA-24'],
  'TariffRestrictions.start_date': [LOCAL_DATE, 'TA-25'],
  'TariffRestrictions.end_date': [LOCAL_DATE, 'TA-25'],
};

/** What is wrong with the form of a member, undefined when it is right or has no form of its own. */
export function formatFault(
  type: string,
  member: string,
  value: Json,
  version: OcpiVersion,
): string | undefined {
  const format = FORMATS[`${type}.${member}`];
  if (format === undefined || (typeof value !== 'string' && typeof value !== 'number')) return undefined;
  const [form, rule] = format;
  const pattern = form instanceof RegExp ? form : version === '2.1.1' ? form.old : form.current;
  return pattern.test(String(value)) ? undefined : `has the wrong form: ${value} (${rule})`;
}
