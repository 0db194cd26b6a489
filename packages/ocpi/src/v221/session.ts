import { sessionAdapter } from '../v230/session.js';
import { priceInclVat } from '../wire/price.js';

export const session221 = sessionAdapter(priceInclVat);
