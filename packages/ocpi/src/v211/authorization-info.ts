import { ALLOWED_TYPES } from '@roambridge/domain';
import { z } from 'zod';
import type { AuthorizationInfo } from '../versions/adapter.js';
import { text, withoutNulls } from '../wire/schema.js';

const SCHEMA = z.object({
  allowed: z.enum(ALLOWED_TYPES),
  location: z
    .object({
      location_id: text(39),
      evse_uids: z.array(text(39)).default([]),
      connector_ids: z.array(text(36)).default([]),
    })
    .optional(),
  info: z
    .object({ text: text(512) })
    .optional()
    .catch(undefined),
});

/** Answer to a real-time authorization in 2.1.1: no token and no reference (TO-24). undefined = not usable. */
export function readAuthorization211(data: unknown): AuthorizationInfo | undefined {
  const parsed = SCHEMA.safeParse(withoutNulls(data));
  if (!parsed.success) {
    return undefined;
  }
  const { allowed, location, info } = parsed.data;
  return {
    allowed,
    ...(location === undefined
      ? {}
      : {
          location: {
            locationId: location.location_id,
            evseUids: location.evse_uids,
            connectorIds: location.connector_ids,
          },
        }),
    ...(info === undefined ? {} : { info: info.text }),
  };
}
