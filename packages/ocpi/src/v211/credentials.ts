import { z } from 'zod';
import type { CredentialsAdapter } from '../versions/adapter.js';
import { ciString, credentialsToken, read, text, url } from '../wire/schema.js';

const CREDENTIALS_211 = z.object({
  token: credentialsToken,
  url,
  business_details: z.object({ name: text(100) }),
  country_code: ciString(2),
  party_id: ciString(3),
});

/** Credentials of 2.1.1 hold exactly one party (CR-01, CR-02): ours is the first one that we host. */
export const credentials211: CredentialsAdapter = {
  toWire: ({ token, url, parties }) => {
    const [party] = parties;
    if (party === undefined) {
      throw new Error('no hosted party to present in 2.1.1 credentials');
    }
    return {
      token,
      url,
      business_details: { name: party.name },
      country_code: party.country_code,
      party_id: party.party_id,
    };
  },
  fromWire: (body) => {
    const wire = read(CREDENTIALS_211, body);
    return {
      token: wire.token,
      url: wire.url,
      roles: [
        {
          role: 'EMSP',
          country_code: wire.country_code.toUpperCase(),
          party_id: wire.party_id.toUpperCase(),
          name: wire.business_details.name,
        },
      ],
    };
  },
};
