import type { ChargingPreferences } from '@roambridge/domain';
import { PROFILE_TYPES } from '@roambridge/domain';
import { z } from 'zod';
import { dateTime, read } from './schema.js';

const PREFERENCES = z.object({
  profile_type: z.enum(PROFILE_TYPES),
  departure_time: dateTime.exactOptional(),
  energy_need: z.number().positive().exactOptional(),
  discharge_allowed: z.boolean().exactOptional(),
});

/** ChargingPreferences (OCPI SE-30), the same in all versions that have them. */
export function readPreferences(body: unknown): ChargingPreferences {
  return read(PREFERENCES, body);
}
