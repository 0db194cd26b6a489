import { EVSE_STATUSES } from '@roambridge/domain';
import { z } from 'zod';
import { decimal } from './decimal.js';
import {
  ENERGY_SOURCES,
  ENVIRONMENTAL_IMPACTS,
  EVSE_POSITIONS,
  IMAGE_CATEGORIES,
  PARKING_DIRECTIONS,
  TOKEN_TYPES,
  VEHICLE_TYPES,
} from './ocpi-enums.js';
import { ciString, dateTime, displayText, geoLocation, text, timeOfDay, webUrl } from './text.js';

/** Parts of an OCPI Location that the gateway carries to partners and does not act on. */

export const image = z.object({
  url: webUrl,
  thumbnail: webUrl.exactOptional(),
  category: z.enum(IMAGE_CATEGORIES),
  type: ciString(4),
  width: z.int().min(0).max(99_999).exactOptional(),
  height: z.int().min(0).max(99_999).exactOptional(),
});

export const businessDetails = z.object({
  name: text(100),
  website: webUrl.exactOptional(),
  logo: image.exactOptional(),
});

export const additionalGeoLocation = geoLocation.extend({ name: displayText.exactOptional() });

export const statusSchedule = z.object({
  period_begin: dateTime,
  period_end: dateTime.exactOptional(),
  status: z.enum(EVSE_STATUSES),
});

// OCPI LO-21
export const publishTokenType = z
  .object({
    uid: ciString(36).exactOptional(),
    type: z.enum(TOKEN_TYPES).exactOptional(),
    visual_number: text(64).exactOptional(),
    issuer: text(64).exactOptional(),
    group_id: ciString(36).exactOptional(),
  })
  .superRefine((entry, issues) => {
    if (entry.uid === undefined && entry.visual_number === undefined && entry.group_id === undefined) {
      issues.addIssue({ code: 'custom', message: 'one of uid, visual_number and group_id is needed' });
    }
    if (entry.uid !== undefined && entry.type === undefined) {
      issues.addIssue({ code: 'custom', path: ['type'], message: 'is needed beside uid' });
    }
    if (entry.visual_number !== undefined && entry.issuer === undefined) {
      issues.addIssue({ code: 'custom', path: ['issuer'], message: 'is needed beside visual_number' });
    }
  });

const exceptionalPeriod = z
  .object({ period_begin: dateTime, period_end: dateTime })
  .refine(({ period_begin, period_end }) => Date.parse(period_begin) < Date.parse(period_end), {
    path: ['period_end'],
    message: 'must be later than period_begin',
  });

// OCPI LO-30: a period does not run over midnight.
const regularHours = z
  .object({ weekday: z.int().min(1).max(7), period_begin: timeOfDay, period_end: timeOfDay })
  .refine((period) => period.period_end > period.period_begin || period.period_end === '00:00', {
    path: ['period_end'],
    message: 'must be later than period_begin; split a period that runs over midnight',
  });

// OCPI LO-29
export const hours = z
  .object({
    twentyfourseven: z.boolean(),
    regular_hours: z.array(regularHours).exactOptional(),
    exceptional_openings: z.array(exceptionalPeriod).exactOptional(),
    exceptional_closings: z.array(exceptionalPeriod).exactOptional(),
  })
  .superRefine((value, issues) => {
    const count = value.regular_hours?.length ?? 0;
    if (value.twentyfourseven && count > 0) {
      issues.addIssue({
        code: 'custom',
        path: ['regular_hours'],
        message: 'must be left out when twentyfourseven',
      });
    }
    if (!value.twentyfourseven && count === 0) {
      issues.addIssue({
        code: 'custom',
        path: ['regular_hours'],
        message: 'is needed when not twentyfourseven',
      });
    }
    // OCPI LO-30: what closes wins, so the two must not overlap.
    for (const [at, closing] of (value.exceptional_closings ?? []).entries()) {
      if (!(value.exceptional_openings ?? []).some((opening) => overlap(opening, closing))) continue;
      issues.addIssue({
        code: 'custom',
        path: ['exceptional_closings', at],
        message: 'overlaps an exceptional opening',
      });
    }
  });

type Period = z.output<typeof exceptionalPeriod>;

function overlap(one: Period, other: Period): boolean {
  return (
    Date.parse(one.period_begin) < Date.parse(other.period_end) &&
    Date.parse(other.period_begin) < Date.parse(one.period_end)
  );
}

// OCPI LO-31
export const energyMix = z.object({
  is_green_energy: z.boolean(),
  energy_sources: z
    .array(z.object({ source: z.enum(ENERGY_SOURCES), percentage: decimal.min(0).max(100) }))
    .refine(addsUpTo100, 'percentages must add up to 100')
    .exactOptional(),
  environ_impact: z
    .array(z.object({ category: z.enum(ENVIRONMENTAL_IMPACTS), amount: decimal }))
    .exactOptional(),
  supplier_name: text(64).exactOptional(),
  energy_product_name: text(64).exactOptional(),
});

function addsUpTo100(sources: { percentage: number }[]): boolean {
  const sum = sources.reduce((total, { percentage }) => total + percentage, 0);
  return sources.length === 0 || Math.abs(sum - 100) < 0.01;
}

// OCPI LO-51; kg, cm and minutes (LO-52)
export const parkingPlace = z.object({
  id: ciString(36),
  physical_reference: text(12).exactOptional(),
  vehicle_types: z.array(z.enum(VEHICLE_TYPES)).min(1),
  max_vehicle_weight: decimal.exactOptional(),
  max_vehicle_height: decimal.exactOptional(),
  max_vehicle_length: decimal.exactOptional(),
  max_vehicle_width: decimal.exactOptional(),
  parking_space_length: decimal.exactOptional(),
  parking_space_width: decimal.exactOptional(),
  dangerous_goods_allowed: z.boolean().exactOptional(),
  direction: z.enum(PARKING_DIRECTIONS).exactOptional(),
  drive_through: z.boolean().exactOptional(),
  restricted_to_type: z.boolean(),
  reservation_required: z.boolean(),
  time_limit: decimal.exactOptional(),
  roofed: z.boolean().exactOptional(),
  images: z.array(image).exactOptional(),
  lighting: z.boolean().exactOptional(),
  refrigeration_outlet: z.boolean().exactOptional(),
  standards: z.array(ciString(36)).exactOptional(),
  apds_reference: ciString(255).exactOptional(),
});

export const evseParking = z.object({
  parking_id: ciString(36),
  evse_position: z.enum(EVSE_POSITIONS).exactOptional(),
});
