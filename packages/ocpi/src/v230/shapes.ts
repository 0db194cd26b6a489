import type { DisplayText } from '@roambridge/domain';
import { instant, scalar } from '../wire/fields.js';
import type { Shape, ShapeOf } from '../wire/project.js';

/** Parts that several OCPI 2.3.0 objects share. */

export const DISPLAY_TEXT = { language: scalar, text: scalar } satisfies ShapeOf<DisplayText>;

export const GEO_LOCATION = { latitude: scalar, longitude: scalar } satisfies Shape;

export const ADDITIONAL_GEO_LOCATION = { ...GEO_LOCATION, name: DISPLAY_TEXT } satisfies Shape;

export const IMAGE = {
  url: scalar,
  thumbnail: scalar,
  category: scalar,
  type: scalar,
  width: scalar,
  height: scalar,
} satisfies Shape;

export const BUSINESS_DETAILS = { name: scalar, website: scalar, logo: IMAGE } satisfies Shape;

export const IMPACT = { category: scalar, amount: scalar } satisfies Shape;

export const ENERGY_MIX = {
  is_green_energy: scalar,
  energy_sources: { source: scalar, percentage: scalar },
  environ_impact: IMPACT,
  supplier_name: scalar,
  energy_product_name: scalar,
} satisfies Shape;

const EXCEPTIONAL_PERIOD = { period_begin: instant, period_end: instant } satisfies Shape;

export const HOURS = {
  twentyfourseven: scalar,
  regular_hours: { weekday: scalar, period_begin: scalar, period_end: scalar },
  exceptional_openings: EXCEPTIONAL_PERIOD,
  exceptional_closings: EXCEPTIONAL_PERIOD,
} satisfies Shape;

export const STATUS_SCHEDULE = { period_begin: instant, period_end: instant, status: scalar } satisfies Shape;

export const PUBLISH_TOKEN = {
  uid: scalar,
  type: scalar,
  visual_number: scalar,
  issuer: scalar,
  group_id: scalar,
} satisfies Shape;

export const PARKING = {
  id: scalar,
  physical_reference: scalar,
  vehicle_types: scalar,
  max_vehicle_weight: scalar,
  max_vehicle_height: scalar,
  max_vehicle_length: scalar,
  max_vehicle_width: scalar,
  parking_space_length: scalar,
  parking_space_width: scalar,
  dangerous_goods_allowed: scalar,
  direction: scalar,
  drive_through: scalar,
  restricted_to_type: scalar,
  reservation_required: scalar,
  time_limit: scalar,
  roofed: scalar,
  images: IMAGE,
  lighting: scalar,
  refrigeration_outlet: scalar,
  standards: scalar,
  apds_reference: scalar,
} satisfies Shape;
