import { z } from 'zod';
import { templateName, wantedConfiguration } from './configuration.js';
import { text } from './text.js';

/** SecurityCtrlr.BasicAuthPassword: 40 characters in OCPP 2.0.1, 64 in 2.1. */
const PASSWORD_MIN_CHARS = 16;
const PASSWORD_MAX_CHARS = 64;
const MAX_LIST_ENTRIES = 50;
const MAX_KEY_CHARS = 1_000;

/** Identity of a charger in its URL: OCPP identifierString without the colon that separates Basic user and password. */
export const STATION_ID = /^[A-Za-z0-9*\-_=+|@.]{1,48}$/;

export const stationId = z.string().regex(STATION_ID, 'must be 1 to 48 letters, digits or * - _ = + | @ .');

const securityProfile = z.literal([0, 1, 2, 3], { error: 'must be 0, 1, 2 or 3' });

const password = z
  .string()
  .min(PASSWORD_MIN_CHARS)
  .max(PASSWORD_MAX_CHARS)
  .regex(/^\P{Cc}*$/u, 'control characters are not allowed')
  .describe(
    'HTTP Basic password; only a hash is stored. 32 to 40 hex digits are a key of 16 to 20 bytes. Absent keeps the stored one.',
  );

/** What an operator enters for a station. A member that is not listed is refused. */
export const stationBody = z
  .strictObject({
    id: stationId.exactOptional().describe('May be left out; when given it is the one of the URL.'),
    security_profile: securityProfile,
    password: password.exactOptional(),
    certificate_cn: text(64)
      .exactOptional()
      .describe('CN of its client certificate; absent = its id or its serial number'),
    cn_binding: z
      .enum(['serial', 'identity', 'either'])
      .exactOptional()
      .describe('Security profile 3: what the CN must be; a serial number is held against BootNotification'),
    allow_expired_certificate: z
      .boolean()
      .exactOptional()
      .describe('An expired client certificate is admitted for its renewal: the boot is answered Pending'),
    registration: z
      .enum(['accepted', 'pending', 'rejected'])
      .exactOptional()
      .describe('How its BootNotification is answered; absent = accepted'),
    disabled: z.boolean().exactOptional().describe('It may not connect'),
    name: text(255).exactOptional(),
    protocols: z
      .array(z.enum(['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1']))
      .min(1)
      .exactOptional(),
    quirks: z.array(text(64)).max(MAX_LIST_ENTRIES).exactOptional(),
    legal_metrology: z
      .boolean()
      .exactOptional()
      .describe('Its meters are approved for billing: what they signed is billed'),
    configuration_template: templateName
      .exactOptional()
      .describe(
        'Template of the configuration that an OCPP 1.6 station is kept at; baseline is always there',
      ),
    configuration: wantedConfiguration.exactOptional().describe('The same key by key, above the template'),
    meter_public_keys: z
      .array(
        z.strictObject({
          evse_id: z.int().positive().exactOptional().describe('Absent = every EVSE of the station'),
          public_key: z
            .string()
            .min(32)
            .max(MAX_KEY_CHARS)
            .describe('As printed on the meter: hexadecimal or Base64, DER or the point of the curve'),
        }),
      )
      .max(MAX_LIST_ENTRIES)
      .exactOptional(),
    evse_groups: z
      .array(z.array(z.int().positive()).min(1))
      .max(MAX_LIST_ENTRIES)
      .exactOptional()
      .describe(
        'OCPP 1.6: connectors that share one EVSE, e.g. [[1, 2], [3]]; its evse_id is the first of them',
      ),
  })
  .superRefine(({ security_profile: profile, password, evse_groups }, issues) => {
    const grouped = (evse_groups ?? []).flat();
    if (new Set(grouped).size < grouped.length) {
      issues.addIssue({ code: 'custom', path: ['evse_groups'], message: 'a connector is in one group only' });
    }
    if (profile === 0 && password !== undefined) {
      issues.addIssue({ code: 'custom', path: ['password'], message: 'security profile 0 has no password' });
    }
  })
  .meta({ id: 'StationInput' });

/** What an operator adds to a charger that has knocked. */
export const approvalBody = z
  .strictObject({
    security_profile: securityProfile.exactOptional().describe('Absent = as it connected'),
    password: password.exactOptional().describe('Absent = the password that the charger showed'),
    name: text(255).exactOptional(),
  })
  .default({})
  .meta({ id: 'Approval' });
