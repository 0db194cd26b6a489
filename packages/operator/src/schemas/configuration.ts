import { z } from 'zod';

const KEYS_MAX = 100;
/** Two identifiers of OCPP 2.x and a dot; keys of OCPP 1.6 have up to 50. */
const KEY_MAX_CHARS = 101;
/** Longest value of ChangeConfiguration. */
const VALUE_MAX_CHARS = 500;
const MEMBERS_MAX = 50;

const value = z.string().max(VALUE_MAX_CHARS);

export const wantedValue = z
  .union([
    value,
    z.strictObject({ min: z.number(), max: z.number(), set: value }),
    z.strictObject({ includes: z.array(z.string().min(1)).min(1).max(MEMBERS_MAX), set: value }),
  ])
  .describe(
    'A value; or a number within limits, or a list with members, and what is set where the present value is none such',
  );

/** What is wanted of a key or variable, and whether the charger has something else. */
export const expectationView = z
  .object({
    wanted: wantedValue,
    set: z.string().optional().describe('What would mend it; absent: it is as wanted'),
  })
  .meta({ id: 'Expectation' });

/** Configuration keys, or `Component.Variable` of a device model, and what is wanted of each. */
export const wantedConfiguration = z
  .record(z.string().min(1).max(KEY_MAX_CHARS), wantedValue)
  .refine((keys) => Object.keys(keys).length <= KEYS_MAX, `must have at most ${KEYS_MAX} keys`)
  .meta({ id: 'WantedConfiguration' });

export const templateName = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,64}$/, 'must be 1 to 64 letters, digits or . _ -');
