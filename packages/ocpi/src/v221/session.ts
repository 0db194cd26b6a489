import type { CdrToken } from '@roambridge/domain';
import { CDR_TOKEN_230, sessionAdapter } from '../v230/session.js';
import { priceInclVat } from '../wire/price.js';
import type { ShapeOf } from '../wire/project.js';
import { tokenType221 } from './token.js';

export const CDR_TOKEN_221 = { ...CDR_TOKEN_230, type: tokenType221 } satisfies ShapeOf<CdrToken>;

export const session221 = sessionAdapter({ price: priceInclVat, cdrToken: CDR_TOKEN_221 });
