import { setting } from './setting.js';
import { duration, text, tileAddress, webAddress } from './setting-kinds.js';

/** Settings of the console and of what is done by it. */
export const CONSOLE_SETTINGS = {
  CONSOLE_URL: setting(
    '',
    webAddress.optional(),
    'URL under which people reach the console; sign-in links and QR codes are made from it, and https makes its cookies Secure. None = http://{OPERATOR_HOST}:{OPERATOR_PORT}.',
  ),
  MAP_TILES_URL: setting(
    '',
    tileAddress.optional(),
    'URL of map tiles behind the sites of the overview, with {z}, {x} and {y}; browsers of the console load them from there. None = the map is drawn without.',
  ),
  MAP_TILES_ATTRIBUTION: setting('', text.optional(), 'Whose map tiles they are, shown on the map.'),
  AUDIT_RETENTION: setting(
    '400d',
    duration,
    'Time that the audit log keeps what was done by the operator API and the console; of more than a million entries the oldest go earlier.',
  ),
} as const;
