import type { ComponentType } from 'preact';
import { AttentionPage } from '../pages/attention.js';
import { CdrPage } from '../pages/cdr.js';
import { ChargingPage } from '../pages/charging.js';
import { FieldPage } from '../pages/field.js';
import { OverviewPage } from '../pages/overview.js';
import { PartnerPage } from '../pages/partner.js';
import { PartnersPage } from '../pages/partners.js';
import { StationPage } from '../pages/station.js';
import { StationsPage } from '../pages/stations.js';
import { TracePage } from '../pages/trace.js';
import { UnknownStationsPage } from '../pages/unknown-stations.js';

interface Page {
  /** Its one group is the id. */
  pattern: RegExp;
  component: ComponentType<{ id: string }>;
}

const PAGES: readonly Page[] = [
  { pattern: /^\/$/, component: OverviewPage },
  { pattern: /^\/stations\/?$/, component: StationsPage },
  { pattern: /^\/stations\/([^/]+)\/?$/, component: StationPage },
  { pattern: /^\/field\/([^/]+)\/?$/, component: FieldPage },
  { pattern: /^\/charging\/?$/, component: ChargingPage },
  { pattern: /^\/cdrs\/([^/]+)\/?$/, component: CdrPage },
  { pattern: /^\/partners\/?$/, component: PartnersPage },
  { pattern: /^\/partners\/([^/]+)\/?$/, component: PartnerPage },
  { pattern: /^\/trace\/([^/]+)\/?$/, component: TracePage },
  { pattern: /^\/attention\/?$/, component: AttentionPage },
  { pattern: /^\/unknown-stations\/?$/, component: UnknownStationsPage },
];

/** The page of a path and the id in it; undefined = there is none. */
export function pageOf(path: string): { component: Page['component']; id: string } | undefined {
  for (const { pattern, component } of PAGES) {
    const match = pattern.exec(path);
    if (!match) continue;
    try {
      return { component, id: decodeURIComponent(match[1] ?? '') };
    } catch {
      return undefined;
    }
  }
  return undefined;
}
