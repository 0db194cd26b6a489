import type { TurnedAway } from '@roambridge/core';
import { z } from 'zod';
import { isoTime } from './times.js';

export const unknownStationView = z
  .object({
    id: z.string().describe('As the charger wrote it'),
    state: z.enum(['refused', 'quarantined']).describe('quarantined = its boot is answered Pending'),
    provisioned: z.boolean().describe('There is such a station: its credentials or its connection are wrong'),
    reason: z.string(),
    url: z.string().describe('What to enter in the charger'),
    security_profile: z.int().describe('How it connected; what it gets when it is approved as it is'),
    attempts: z.int(),
    first_seen_at: z.string(),
    last_seen_at: z.string(),
    remote_address: z.string(),
    protocols: z.array(z.string()),
    vendor: z.string().optional(),
    model: z.string().optional(),
    serial_number: z.string().optional(),
    firmware_version: z.string().optional(),
  })
  .meta({ id: 'UnknownStation' });

export function viewUnknownStation(entry: TurnedAway): z.output<typeof unknownStationView> {
  const { boot } = entry;
  return {
    id: entry.identity,
    state: entry.state,
    provisioned: entry.provisioned,
    reason: entry.reason,
    url: entry.url,
    security_profile: entry.securityProfile,
    attempts: entry.attempts,
    first_seen_at: isoTime(entry.firstSeenAt),
    last_seen_at: isoTime(entry.lastSeenAt),
    remote_address: entry.remoteAddress,
    protocols: entry.protocols,
    ...(boot
      ? {
          vendor: boot.vendor,
          model: boot.model,
          ...(boot.serialNumber === undefined ? {} : { serial_number: boot.serialNumber }),
          ...(boot.firmwareVersion === undefined ? {} : { firmware_version: boot.firmwareVersion }),
        }
      : {}),
  };
}
