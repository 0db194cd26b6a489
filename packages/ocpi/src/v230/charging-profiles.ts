import { CHARGING_RATE_UNITS } from '@roambridge/domain';
import { z } from 'zod';
import type { ChargingProfilesAdapter } from '../versions/adapter.js';
import { dateTime, read, url } from '../wire/schema.js';

const PROFILE = z.object({
  start_date_time: dateTime.exactOptional(),
  duration: z.int().positive().exactOptional(),
  charging_rate_unit: z.enum(CHARGING_RATE_UNITS),
  min_charging_rate: z.number().nonnegative().exactOptional(),
  charging_profile_period: z
    .array(z.object({ start_period: z.int().nonnegative(), limit: z.number().nonnegative() }))
    .default([]),
});

const SET_CHARGING_PROFILE = z.object({ charging_profile: PROFILE, response_url: url });

/** ChargingProfiles, the same in 2.2.1 and 2.3.0 (CP-10). */
export const chargingProfiles230: ChargingProfilesAdapter = {
  fromWire: (body) => read(SET_CHARGING_PROFILE, body),
};
