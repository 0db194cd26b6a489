import { STATUS } from '../errors.js';
import type { VersionAdapter } from '../versions/adapter.js';
import { cdr211 } from './cdr.js';
import { commands211 } from './commands.js';
import { credentials211 } from './credentials.js';
import { endpoint211 } from './endpoint.js';
import { location211 } from './location.js';
import { session211 } from './session.js';
import { tariff211 } from './tariff.js';
import { token211 } from './token.js';

/** OCPI 2.1.1: no routing, no endpoint roles, one party. */
export const adapter211: VersionAdapter = {
  version: '2.1.1',
  tokenEncoding: 'raw',
  routesMessages: false,
  knowsHubs: false,
  hasOneParty: true,
  hasOneTariff: true,
  patchNeedsLastUpdated: false,
  hasCreditCdrs: false,
  hasInvoices: false,
  hasReservationPrices: false,
  unknownTokenStatus: STATUS.invalidParameter,
  sameId: (left, right) => left === right,
  endpointToWire: ({ identifier, url }) => ({ identifier, url }),
  endpointFromWire: endpoint211,
  credentials: credentials211,
  location: location211,
  tariff: tariff211,
  session: session211,
  cdr: cdr211,
  token: token211,
  commands: commands211,
};
