import { z } from 'zod';
import { tokenAdapter, tokenSchema } from '../v230/token.js';
import { TOKEN_TYPES_221 } from '../wire/enums.js';
import { nearestOf } from '../wire/fields.js';

/** TokenType of 2.2.1: a contract certificate is none of those that it lists (TO-09). */
export const tokenType221 = nearestOf(TOKEN_TYPES_221, () => 'OTHER');

/** TokenType is closed in 2.2.1 (TY-18). */
export const TOKEN_SCHEMA_221 = tokenSchema(z.enum(TOKEN_TYPES_221));
export const token221 = tokenAdapter({ schema: TOKEN_SCHEMA_221, type: tokenType221 });
