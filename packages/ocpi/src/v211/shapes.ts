import { ADDITIONAL_GEO_LOCATION, ENERGY_MIX, GEO_LOCATION, HOURS, STATUS_SCHEDULE } from '../v230/shapes.js';
import { ENVIRONMENTAL_IMPACTS_221 } from '../wire/enums.js';
import { scalar, second, sixDecimals } from '../wire/fields.js';
import { convertOne, project, type Shape, withKnown } from '../wire/project.js';

export const GEO_LOCATION_211 = {
  ...GEO_LOCATION,
  latitude: sixDecimals,
  longitude: sixDecimals,
} satisfies Shape;

export const ADDITIONAL_GEO_LOCATION_211 = {
  ...ADDITIONAL_GEO_LOCATION,
  ...GEO_LOCATION_211,
} satisfies Shape;

const EXCEPTIONAL_PERIOD_211 = { period_begin: second, period_end: second } satisfies Shape;

const HOURS_211 = {
  ...HOURS,
  exceptional_openings: EXCEPTIONAL_PERIOD_211,
  exceptional_closings: EXCEPTIONAL_PERIOD_211,
} satisfies Shape;

export const STATUS_SCHEDULE_211 = {
  ...STATUS_SCHEDULE,
  period_begin: second,
  period_end: second,
} satisfies Shape;

/** Hours without regular hours where the site is always open. // OCPI MP-05 */
export function hours211(value: unknown) {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  const { regular_hours, ...hours } = project(value, HOURS_211);
  return hours.twentyfourseven === true || regular_hours === undefined ? hours : { ...hours, regular_hours };
}

const KNOWN_IMPACT = withKnown('source', ENVIRONMENTAL_IMPACTS_221, { source: scalar, amount: scalar });

/** The key of an environmental impact is `source` in 2.1.1. // OCPI LO-31, MP-04 */
function impact211(value: unknown) {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  return convertOne('category' in value ? { ...value, source: value.category } : value, KNOWN_IMPACT);
}

export const ENERGY_MIX_211 = { ...ENERGY_MIX, environ_impact: impact211 } satisfies Shape;
