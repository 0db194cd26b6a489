import { z } from 'zod';

/** Answers with static OCPI data: what was entered, completed by the gateway. */
const key = { country_code: z.string(), party_id: z.string(), last_updated: z.string() };

export const locationView = z
  .looseObject({
    ...key,
    id: z.string(),
    evses: z.array(z.looseObject({ uid: z.string(), status: z.string() })),
  })
  .meta({ id: 'StoredLocation', description: 'OCPI Location, 2.3.0 superset, members as in Location' });

export const tariffView = z
  .looseObject({ ...key, id: z.string(), currency: z.string(), tax_included: z.enum(['YES', 'NO', 'N/A']) })
  .meta({ id: 'StoredTariff', description: 'OCPI Tariff, 2.3.0 superset, members as in Tariff' });

export const tokenView = z
  .looseObject({ ...key, uid: z.string(), type: z.string(), contract_id: z.string(), valid: z.boolean() })
  .meta({ id: 'StoredToken', description: 'OCPI Token, 2.3.0 superset, members as in Token' });
