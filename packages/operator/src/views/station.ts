import { EVSE_STATUSES } from '@roambridge/domain';
import { z } from 'zod';

/** Live view of a station, as core makes it (`StationView`). */
export const stationView = z
  .object({
    id: z.string(),
    name: z.string().optional(),
    security_profile: z.int(),
    protocols: z.array(z.string()).optional(),
    quirks: z.array(z.string()).optional(),
    legal_metrology: z.boolean().optional(),
    meter_public_keys: z.array(z.object({ evse_id: z.int().optional(), public_key: z.string() })).optional(),
    connected: z.boolean(),
    connected_since: z.string().optional(),
    remote_address: z.string().optional(),
    protocol: z.string().optional(),
    vendor: z.string().optional(),
    model: z.string().optional(),
    serial_number: z.string().optional(),
    firmware_version: z.string().optional(),
    boot_status: z.string().optional(),
    booted_at: z.string().optional(),
    last_frame_at: z.string().optional(),
    last_heartbeat_at: z.string().optional(),
    clock_skew_seconds: z.number().optional(),
    evses: z.array(
      z.object({
        evse_id: z.int(),
        status: z.enum(EVSE_STATUSES),
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
