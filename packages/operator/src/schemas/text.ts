import { z } from 'zod';

/** URLs are at most this long (OCPI TY-011). */
const MAX_URL_CHARS = 255;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused (OCPI TY-003)
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f-\u009f]/;
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;

/** OCPI CiString: printable ASCII, not empty (TY-001). */
export const ciString = (maxChars: number) =>
  z.string().min(1).max(maxChars).regex(PRINTABLE_ASCII, 'only printable ASCII characters are allowed');

/** OCPI string: UTF-8 without control characters (TY-003). */
export const text = (maxChars: number) =>
  z
    .string()
    .min(1)
    .max(maxChars)
    .refine((value) => !CONTROL_CHARACTER.test(value), 'control characters are not allowed');

/** Two-letter ISO 3166-1 country, kept in upper case. */
export const countryCode = z
  .string()
  .regex(/^[A-Za-z]{2}$/, 'must be a country code of two letters')
  .transform((code) => code.toUpperCase());

/** Three-character party id, kept in upper case. */
export const partyId = z
  .string()
  .regex(/^[A-Za-z0-9]{3}$/, 'must be a party id of three letters or digits')
  .transform((id) => id.toUpperCase());

/** OCPI URL. */
export const webUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
  .max(MAX_URL_CHARS);

export const language = z.string().regex(/^[A-Za-z]{2}$/, 'must be an ISO 639-1 language of two letters');

const MARKUP = /<\/?[a-z][^>]*>/i;

/** OCPI DisplayText: shown as it is, without markup (TY-12). */
export const displayText = z.object({
  language,
  text: text(512).refine((value) => !MARKUP.test(value), 'must be plain text without markup'),
});

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})?$/;

/** OCPI DateTime; without a designator it is UTC (TY-006). Comes out as `YYYY-MM-DDTHH:MM:SS[.sss]Z`. */
export const dateTime = z
  .string()
  .regex(DATE_TIME, 'must be a date and time such as 2026-01-31T12:00:00Z')
  .refine((value) => !Number.isNaN(instantOf(value)), 'is not an existing date and time')
  .transform((value) => new Date(instantOf(value)).toISOString().replace('.000Z', 'Z'));

function instantOf(value: string): number {
  return Date.parse(/(Z|[+-]\d{2}:\d{2})$/.test(value) ? value : `${value}Z`);
}

/** `last_updated` of what an operator enters: absent = now. */
export const lastUpdated = z
  .union([dateTime])
  .default(() => new Date().toISOString().replace(/\.\d{3}Z$/, 'Z'))
  .describe('Absent = now.');

/** IANA time zone that this platform knows. */
export const timeZone = text(255).refine(isTimeZone, 'must be an IANA time zone such as Europe/Berlin');

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** OCPI GeoLocation: decimal degrees as text (LO-26). */
export const geoLocation = z.object({
  latitude: z
    .string()
    .max(10)
    .regex(/^-?\d{1,2}\.\d{5,7}$/, 'must be degrees with 5 to 7 decimals')
    .refine((value) => Math.abs(Number(value)) <= 90, 'must be between -90 and 90 degrees'),
  longitude: z
    .string()
    .max(11)
    .regex(/^-?\d{1,3}\.\d{5,7}$/, 'must be degrees with 5 to 7 decimals')
    .refine((value) => Math.abs(Number(value)) <= 180, 'must be between -180 and 180 degrees'),
});

/** Local time of day `HH:MM`. */
export const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 08:30');

/** Local date `YYYY-MM-DD`. */
export const localDate = z.iso.date('must be a date such as 2026-01-31');
