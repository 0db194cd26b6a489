import { ALLOWED_TYPES, type Token } from '@roambridge/domain';
import { z } from 'zod';
import type { AuthorizationInfo } from '../versions/adapter.js';
import { ciString, text, withoutNulls } from '../wire/schema.js';

/** Answer to a real-time authorization in OCPI 2.2 and later (TO-24); undefined = not usable. */
export function authorizationReader(token: z.ZodType<Token>) {
  const schema = z.object({
    allowed: z.enum(ALLOWED_TYPES),
    // What is wrong with the rest does not turn a yes into a no: it is as if it were not there.
    token: token.optional().catch(undefined),
    location: z
      .object({ location_id: ciString(36), evse_uids: z.array(ciString(36)).default([]) })
      .optional(),
    authorization_reference: ciString(36).optional().catch(undefined),
    info: z
      .object({ text: text(512) })
      .optional()
      .catch(undefined),
  });
  return (data: unknown): AuthorizationInfo | undefined => {
    const parsed = schema.safeParse(withoutNulls(data));
    if (!parsed.success) {
      return undefined;
    }
    const { allowed, location, info } = parsed.data;
    return {
      allowed,
      ...(parsed.data.token === undefined ? {} : { token: parsed.data.token }),
      ...(location === undefined
        ? {}
        : { location: { locationId: location.location_id, evseUids: location.evse_uids, connectorIds: [] } }),
      ...(parsed.data.authorization_reference === undefined
        ? {}
        : { authorizationReference: parsed.data.authorization_reference }),
      ...(info === undefined ? {} : { info: info.text }),
    };
  };
}
