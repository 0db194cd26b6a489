import type { ComponentType } from 'preact';
import { later } from '../components/later.js';
import { AttentionPage } from '../pages/attention.js';
import { CdrPage } from '../pages/cdr.js';
import { FieldPage } from '../pages/field.js';
import { FilesPage } from '../pages/files.js';
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

// Pages that are seldom needed in a hurry are fetched when they are opened.
const AuditPage = later<{ id: string }>(() => import('../pages/audit.js').then(({ AuditPage }) => AuditPage));
const ChargingPage = later<{ id: string }>(() =>
  import('../pages/charging.js').then(({ ChargingPage }) => ChargingPage),
);
const DeliveriesPage = later<{ id: string }>(() =>
  import('../pages/deliveries.js').then(({ DeliveriesPage }) => DeliveriesPage),
);
const QrPage = later<{ id: string }>(() => import('../pages/qr.js').then(({ QrPage }) => QrPage));

const PAGES: readonly Page[] = [
  { pattern: /^\/$/, component: OverviewPage },
  { pattern: /^\/stations\/?$/, component: StationsPage },
  { pattern: /^\/stations\/([^/]+)\/?$/, component: StationPage },
  { pattern: /^\/field\/([^/]+)\/?$/, component: FieldPage },
  { pattern: /^\/qr\/([^/]+)\/?$/, component: QrPage },
  { pattern: /^\/charging\/?$/, component: ChargingPage },
  { pattern: /^\/cdrs\/([^/]+)\/?$/, component: CdrPage },
  { pattern: /^\/partners\/?$/, component: PartnersPage },
  { pattern: /^\/partners\/([^/]+)\/?$/, component: PartnerPage },
  { pattern: /^\/deliveries\/?$/, component: DeliveriesPage },
  { pattern: /^\/audit\/?$/, component: AuditPage },
  { pattern: /^\/trace\/([^/]+)\/?$/, component: TracePage },
  { pattern: /^\/attention\/?$/, component: AttentionPage },
  { pattern: /^\/files\/?$/, component: FilesPage },
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
