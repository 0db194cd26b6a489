import type { Section } from './requirement.js';
import { VERSIONS_MODULE } from './versions.js';

/** What OCPI asks of a CPO platform, part by part, and what shows that it is so. */
export const OCPI_SECTIONS: Section[] = [VERSIONS_MODULE];
