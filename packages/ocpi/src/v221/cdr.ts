import { cdrAdapter } from '../v230/cdr.js';
import { priceInclVat } from '../wire/price.js';
import { tariff221 } from './tariff.js';

export const cdr221 = cdrAdapter(priceInclVat, tariff221);
