import { z } from 'zod';
import { tokenAdapter, tokenSchema } from '../v230/token.js';
import { TOKEN_TYPES_221 } from '../wire/enums.js';

/** TokenType is closed in 2.2.1 (TY-18). */
export const TOKEN_SCHEMA_221 = tokenSchema(z.enum(TOKEN_TYPES_221));
export const token221 = tokenAdapter(TOKEN_SCHEMA_221);
