import { CDRS_MODULE } from './cdrs.js';
import { CHARGING_PROFILES_MODULE } from './charging-profiles.js';
import { COMMANDS_MODULE } from './commands.js';
import { HUBS_MODULE } from './hubs.js';
import { INVOICES_MODULE } from './invoices.js';
import { MAPPING } from './mapping.js';
import type { Section } from './requirement.js';
import { SESSIONS_MODULE } from './sessions.js';
import { TARIFFS_MODULE } from './tariffs.js';
import { TOKENS_MODULE } from './tokens.js';
import { TRAPS_MODULE } from './traps.js';
import { VERSIONS_MODULE } from './versions.js';

/** What OCPI asks of a CPO platform, part by part, and what shows that it is so. */
export const OCPI_SECTIONS: Section[] = [
  VERSIONS_MODULE,
  SESSIONS_MODULE,
  CDRS_MODULE,
  TARIFFS_MODULE,
  TOKENS_MODULE,
  COMMANDS_MODULE,
  CHARGING_PROFILES_MODULE,
  HUBS_MODULE,
  INVOICES_MODULE,
  MAPPING,
  TRAPS_MODULE,
];
