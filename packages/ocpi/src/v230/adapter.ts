import { z } from 'zod';
import { STATUS } from '../errors.js';
import type { VersionAdapter } from '../versions/adapter.js';
import { cdr230 } from './cdr.js';
import { chargingProfiles230 } from './charging-profiles.js';
import { commands230 } from './commands.js';
import { credentials230 } from './credentials.js';
import { location230 } from './location.js';
import { session230 } from './session.js';
import { tariff230 } from './tariff.js';
import { token230 } from './token.js';

const ENDPOINT = z.object({
  identifier: z.string().min(1),
  role: z.enum(['SENDER', 'RECEIVER']),
  url: z.url({ protocol: /^https?$/ }),
});

/** OCPI 2.3.0: closest to the internal model. */
export const adapter230: VersionAdapter = {
  version: '2.3.0',
  tokenEncoding: 'base64',
  routesMessages: true,
  knowsHubs: true,
  hasOneParty: false,
  hasOneTariff: false,
  patchNeedsLastUpdated: true,
  hasCreditCdrs: true,
  hasInvoices: true,
  hasReservationPrices: true,
  unknownTokenStatus: STATUS.unknownToken,
  sameId: (left, right) => left.toUpperCase() === right.toUpperCase(),
  endpointToWire: ({ identifier, role, url }) => ({ identifier, role, url }),
  endpointFromWire: (endpoint) => {
    const parsed = ENDPOINT.safeParse(endpoint);
    return parsed.success
      ? { ...parsed.data, identifier: parsed.data.identifier.toLowerCase() } // OCPI VE-11
      : undefined;
  },
  credentials: credentials230,
  location: location230,
  tariff: tariff230,
  session: session230,
  cdr: cdr230,
  token: token230,
  commands: commands230,
  chargingProfiles: chargingProfiles230,
};
