import { z } from 'zod';
import { ciString, countryCode, partyId } from '../schemas/text.js';

/** Path of an OCPI object. */
export const objectKey = z.object({ country_code: countryCode, party_id: partyId, id: ciString(36) });

/** Body members that are the key of the URL. */
export const OBJECT_KEY_MEMBERS = { country_code: 'country_code', party_id: 'party_id', id: 'id' };
