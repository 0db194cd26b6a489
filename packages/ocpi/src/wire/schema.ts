import { z } from 'zod';
import { invalid, OcpiRefusal, STATUS } from '../errors.js';
import { formatDateTime, parseDateTime } from './time.js';

const MAX_URL_LENGTH = 255; // OCPI TY-11

/** Printable ASCII, compared ignoring case, never empty. // OCPI TY-01 */
export function ciString(max: number) {
  return z
    .string()
    .min(1, 'must not be empty')
    .max(max, `must not be longer than ${max} characters`)
    .regex(/^[\x20-\x7e]*$/, 'must be printable ASCII');
}

/** Printable text; its length counts characters, not UTF-16 units. // OCPI TY-03, TY-05 */
export function text(max: number) {
  return z
    .string()
    .refine((value) => Array.from(value).length <= max, `must not be longer than ${max} characters`)
    .refine((value) => !/\p{Cc}/u.test(value), 'must not contain control characters');
}

/** DateTime, brought to `YYYY-MM-DDTHH:MM:SS[.sss]Z`. // OCPI TY-06 */
export const dateTime = z.string().transform((value, context) => {
  const at = parseDateTime(value);
  if (at === undefined) {
    context.issues.push({ code: 'custom', message: 'must be a DateTime in UTC', input: value });
    return z.NEVER;
  }
  return formatDateTime(at);
});

/** Absolute http(s) URL. // OCPI TR-029, TY-11 */
export const url = z
  .string()
  .max(MAX_URL_LENGTH, `must not be longer than ${MAX_URL_LENGTH} characters`)
  .refine(
    (value) => URL.canParse(value) && /^https?:\/\//i.test(value),
    'must be an absolute http or https URL',
  );

/** Credentials token. // OCPI TR-009 */
export const credentialsToken = z
  .string()
  .min(1, 'must not be empty')
  .max(64, 'must not be longer than 64 characters')
  .regex(/^[\x21-\x7e]*$/, 'must be printable ASCII without blanks');

/** Reads a body; throws an {@link OcpiRefusal} that names the first member at fault. // OCPI ST-08 */
export function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(withoutNulls(body));
  if (result.success) {
    return result.data;
  }
  const issue = result.error.issues[0];
  if (issue === undefined) {
    throw new OcpiRefusal(200, STATUS.invalidParameter, 'The body is not valid');
  }
  const field = issue.path.length === 0 ? 'body' : issue.path.map(String).join('.');
  throw invalid(field, reason(issue.message));
}

function reason(message: string): string {
  if (message.endsWith('received undefined')) {
    return 'is required';
  }
  return message.startsWith('Invalid') ? `is not valid (${message.replace(/^Invalid \w+: /, '')})` : message;
}

/** null and absent are the same. // OCPI TY-09 */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.filter((item) => item !== null).map(withoutNulls);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, member]) => member !== null)
        .map(([name, member]) => [name, withoutNulls(member)]),
    );
  }
  return value;
}
