import { EVSE_STATUSES } from '@roambridge/domain';
import { z } from 'zod';
import { wantedConfiguration } from '../schemas/configuration.js';

/** What is reported of an EVSE or a station as a whole. */
const availability = z.object({
  status: z.string(),
  raw_status: z.string().describe('The word of the charger'),
  reported_at: z.string(),
  age_seconds: z.number(),
});

/** Live view of a station, as core makes it (`StationView`). */
export const stationView = z
  .object({
    id: z.string(),
    name: z.string().optional(),
    security_profile: z.int(),
    next_security_profile: z
      .int()
      .optional()
      .describe('The charger was told to use it and has not done so yet'),
    password_rotation: z
      .object({ accepted: z.boolean(), until: z.string() })
      .optional()
      .describe('Until then the old and the new password count'),
    certificate_cn: z.string().optional(),
    cn_binding: z.enum(['serial', 'identity', 'either']).optional(),
    allow_expired_certificate: z.boolean().optional(),
    disabled: z.boolean().optional(),
    registration: z.enum(['pending', 'rejected']).optional().describe('Absent: its boot is accepted'),
    protocols: z.array(z.string()).optional(),
    quirks: z.array(z.string()).optional(),
    legal_metrology: z.boolean().optional(),
    configuration_template: z.string().optional(),
    configuration: wantedConfiguration.optional(),
    features: z.array(z.string()).optional().describe('SupportedFeatureProfiles of OCPP 1.6'),
    desired_availability: z
      .array(z.object({ evse_id: z.int(), connector_id: z.int().optional(), operative: z.boolean() }))
      .optional()
      .describe('What the operator told it; told again after a boot'),
    meter_public_keys: z.array(z.object({ evse_id: z.int().optional(), public_key: z.string() })).optional(),
    connected: z.boolean(),
    connected_since: z.string().optional(),
    remote_address: z.string().optional(),
    connection_security_profile: z.int().optional().describe('How the connection is secured'),
    certificate: z
      .object({ common_name: z.string(), fingerprint: z.string(), expires_at: z.string() })
      .optional()
      .describe('With which it connected, in security profile 3'),
    protocol: z.string().optional(),
    vendor: z.string().optional(),
    model: z.string().optional(),
    serial_number: z.string().optional(),
    firmware_version: z.string().optional(),
    boot_status: z.string().optional(),
    booted_at: z.string().optional(),
    last_frame_at: z.string().optional(),
    last_heartbeat_at: z.string().optional(),
    clock_skew_seconds: z
      .number()
      .optional()
      .describe('By how much its clock is ahead of the gateway’s, by its latest live messages'),
    availability: availability.optional().describe('Of the station as a whole'),
    evses: z.array(
      z.object({
        evse_id: z.int(),
        status: z.enum(EVSE_STATUSES).describe('As published'),
        status_since: z.string().optional(),
        status_age_seconds: z.number().optional(),
        availability: availability.optional().describe('Of the EVSE as a whole'),
        bay_occupied: z.literal(true).optional(),
        flapping: z
          .literal(true)
          .optional()
          .describe('Changes so often that partners are told when it is steady'),
        charging_state: z.string().optional(),
        location_id: z.string().optional(),
        evse_uid: z.string().optional(),
        connectors: z.array(
          z.object({
            connector_id: z.int(),
            status: z.string(),
            raw_status: z.string().describe('The word of the charger'),
            error_code: z.string().optional(),
            vendor_error_code: z.string().optional(),
            info: z.string().optional(),
            reported_at: z.string(),
            age_seconds: z.number(),
          }),
        ),
        transaction_id: z.string().optional(),
        power_w: z.number().optional(),
        energy_wh: z.number().optional(),
      }),
    ),
    open_transactions: z.array(z.string()),
  })
  .meta({ id: 'StationView' });
