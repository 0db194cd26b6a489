import { adapter230 } from '../v230/adapter.js';
import { commandsAdapter } from '../v230/commands.js';
import { credentialsAdapter } from '../v230/credentials.js';
import type { VersionAdapter } from '../versions/adapter.js';
import { ROLES_221 } from '../wire/enums.js';
import { cdr221 } from './cdr.js';
import { location221 } from './location.js';
import { session221 } from './session.js';
import { tariff221 } from './tariff.js';
import { TOKEN_SCHEMA_221, token221 } from './token.js';

/** OCPI 2.2.1: what differs from 2.3.0. */
export const adapter221: VersionAdapter = {
  ...adapter230,
  version: '2.2.1',
  hasInvoices: false,
  credentials: credentialsAdapter(ROLES_221),
  location: location221,
  tariff: tariff221,
  session: session221,
  cdr: cdr221,
  token: token221,
  commands: commandsAdapter({ token: TOKEN_SCHEMA_221, openNames: false }),
};
