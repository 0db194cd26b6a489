import { z } from 'zod';
import { setting } from './setting.js';
import { roles, text } from './setting-kinds.js';

/** Settings of a gateway among others. */
export const NODE_SETTINGS = {
  NODE_ID: setting('', text.optional(), 'Name of this gateway in every line of its log; none = left out.'),
  ROLES: setting(
    'all',
    roles,
    'Parts that this process runs, comma separated: ocpp,ocpi,delivery,operator. All of them: parts on their own are not available in this release.',
  ),
  REDIS_URL: setting(
    '',
    z.undefined({ error: 'must not be set: several nodes are not available in this release' }),
    'For several nodes, which are not available in this release: refused.',
  ),
};
