import type { CdrLocation } from '@roambridge/domain';
import { CDR_LOCATION_230, cdrAdapter } from '../v230/cdr.js';
import { CONNECTOR_TYPES_221 } from '../wire/enums.js';
import { nearestOf } from '../wire/fields.js';
import { priceInclVat } from '../wire/price.js';
import type { ShapeOf } from '../wire/project.js';
import { CDR_TOKEN_221 } from './session.js';
import { tariff221 } from './tariff.js';

/** A CDR is money and leaves also where 2.2.1 does not list the connector: MCS comes from the combined system. */
const CDR_LOCATION_221 = {
  ...CDR_LOCATION_230,
  connector_standard: nearestOf(CONNECTOR_TYPES_221, (standard) =>
    standard === 'SAE_J3400' ? 'TESLA_S' : 'IEC_62196_T2_COMBO',
  ),
} satisfies ShapeOf<CdrLocation>;

export const cdr221 = cdrAdapter({
  price: priceInclVat,
  tariff: tariff221,
  cdrToken: CDR_TOKEN_221,
  cdrLocation: CDR_LOCATION_221,
});
