import { HUB_CLIENT_STATUSES, type HubClient } from '@roambridge/core';
import { z } from 'zod';
import { ciString, dateTime } from './schema.js';

/** ClientInfo of a hub (OCPI HU-02); the same in all versions that know hubs. */
export const CLIENT_INFO = z
  .object({
    country_code: ciString(2),
    party_id: ciString(3),
    role: ciString(10),
    status: z.enum(HUB_CLIENT_STATUSES),
    last_updated: dateTime,
  })
  .transform(({ country_code, party_id, role, status, last_updated }): HubClient => {
    return {
      country_code: country_code.toUpperCase(),
      party_id: party_id.toUpperCase(),
      role: role.toUpperCase(),
      status,
      last_updated,
    };
  });
