import type { OperatorEdge } from '@roambridge/core';
import { signInLinkRoute } from '../auth/sign-in.js';
import type { Route } from '../routing/route.js';
import { auditRoutes } from './audit.js';
import { authorizationPolicyRoutes } from './authorization-policy.js';
import { cdrExportRoute } from './cdr-export.js';
import { cdrRoutes } from './cdrs.js';
import { chargingRoutes } from './charging.js';
import { configurationRoutes } from './configuration.js';
import { type ConsoleSettings, consoleRoutes, type Throughput } from './console.js';
import { fileRoutes } from './files.js';
import { invoiceRoutes } from './invoices.js';
import { jobRoutes } from './jobs.js';
import { localTokenRoutes } from './local-tokens.js';
import { locationRoutes } from './locations.js';
import { partnerCheckRoutes } from './partner-checks.js';
import { partnerRoutes } from './partners.js';
import { reservationRoutes } from './reservations.js';
import { stationActionRoutes } from './station-actions.js';
import { stationReportRoutes } from './station-reports.js';
import { stationRoutes } from './stations.js';
import { tariffPriceRoute } from './tariff-price.js';
import { tariffRoutes } from './tariffs.js';
import { tokenRoutes } from './tokens.js';
import { unknownStationRoutes } from './unknown-stations.js';
import { whatIfRoute } from './what-if.js';
import { workRoutes } from './work.js';

/** Every JSON route below /api/v1; the event stream and the OpenAPI document itself are beside it. */
export function routeTable({
  edge,
  consoleUrl,
  console = {},
  throughput = () => NOTHING_MEASURED,
}: {
  edge: OperatorEdge;
  /** Where sign-in links lead. */
  consoleUrl: () => string;
  console?: ConsoleSettings;
  throughput?: () => Throughput;
}): Route[] {
  return [
    ...stationRoutes(edge),
    ...stationActionRoutes(edge),
    ...stationReportRoutes(edge),
    ...unknownStationRoutes(edge),
    ...locationRoutes(edge),
    ...tariffRoutes(edge),
    tariffPriceRoute(edge),
    whatIfRoute(edge),
    ...tokenRoutes(edge),
    ...localTokenRoutes(edge),
    ...partnerRoutes(edge),
    ...authorizationPolicyRoutes(edge),
    ...partnerCheckRoutes(edge),
    ...chargingRoutes(edge),
    ...reservationRoutes(edge),
    ...configurationRoutes(edge),
    ...jobRoutes(edge),
    ...fileRoutes(edge),
    ...cdrRoutes(edge),
    ...invoiceRoutes(edge),
    cdrExportRoute(edge),
    ...workRoutes(edge),
    ...auditRoutes(edge),
    ...consoleRoutes(edge, console, throughput),
    signInLinkRoute({ edge, consoleUrl }),
  ];
}

const NOTHING_MEASURED: Throughput = { intervalSeconds: 1, samples: [] };
