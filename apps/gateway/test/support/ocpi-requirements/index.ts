import { CDRS_MODULE } from './cdrs.js';
import { CHARGING_PROFILES_MODULE } from './charging-profiles.js';
import { COMMANDS_MODULE } from './commands.js';
import { CREDENTIALS_MODULE } from './credentials.js';
import { DATA_TYPES } from './data-types.js';
import { DIFFERENCES } from './differences.js';
import { HUBS_MODULE } from './hubs.js';
import { INVOICES_MODULE } from './invoices.js';
import { LOCATIONS_MODULE } from './locations.js';
import { MAPPING } from './mapping.js';
import { METHODS } from './methods.js';
import { PAGING } from './paging.js';
import { PUSH_AND_PULL } from './push-and-pull.js';
import type { Section } from './requirement.js';
import { MESSAGE_ROUTING } from './routing.js';
import { SESSIONS_MODULE } from './sessions.js';
import { STATUSES } from './statuses.js';
import { TARIFFS_MODULE } from './tariffs.js';
import { TOKENS_MODULE } from './tokens.js';
import { TRANSPORT } from './transport.js';
import { TRAPS_MODULE } from './traps.js';
import { VERSIONS_MODULE } from './versions.js';

/** What OCPI asks of a CPO platform, part by part, and what shows that it is so. */
export const OCPI_SECTIONS: Section[] = [
  TRANSPORT,
  STATUSES,
  DATA_TYPES,
  METHODS,
  PAGING,
  PUSH_AND_PULL,
  MESSAGE_ROUTING,
  VERSIONS_MODULE,
  CREDENTIALS_MODULE,
  LOCATIONS_MODULE,
  SESSIONS_MODULE,
  CDRS_MODULE,
  TARIFFS_MODULE,
  TOKENS_MODULE,
  COMMANDS_MODULE,
  CHARGING_PROFILES_MODULE,
  HUBS_MODULE,
  INVOICES_MODULE,
  DIFFERENCES,
  MAPPING,
  TRAPS_MODULE,
];
