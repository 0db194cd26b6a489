import { BUSINESS_DETAILS, ENERGY_MIX, IMAGE, IMPACT, PUBLISH_TOKEN } from '../v230/shapes.js';
import { ENVIRONMENTAL_IMPACTS_221, IMAGE_CATEGORIES_221, TOKEN_TYPES_221 } from '../wire/enums.js';
import { type Shape, withKnown } from '../wire/project.js';

/** Parts of objects with enumerations that 2.3.0 opened. // OCPI TY-16, D-12 */

export const IMAGE_221 = withKnown('category', IMAGE_CATEGORIES_221, IMAGE);

export const BUSINESS_DETAILS_221 = { ...BUSINESS_DETAILS, logo: IMAGE_221 } satisfies Shape;

export const ENERGY_MIX_221 = {
  ...ENERGY_MIX,
  environ_impact: withKnown('category', ENVIRONMENTAL_IMPACTS_221, IMPACT),
} satisfies Shape;

/** Without its type an entry would fit other tokens too. */
export const PUBLISH_TOKEN_221 = withKnown('type', TOKEN_TYPES_221, PUBLISH_TOKEN);
