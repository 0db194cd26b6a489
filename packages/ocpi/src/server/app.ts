import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { notFound, unreadable } from '../errors.js';
import { cdrs } from '../modules/cdrs.js';
import { chargingProfiles } from '../modules/charging-profiles.js';
import { commands } from '../modules/commands.js';
import { credentials } from '../modules/credentials.js';
import { hubClientInfo } from '../modules/hub-client-info.js';
import { invoices } from '../modules/invoices.js';
import { locations } from '../modules/locations.js';
import { sessions } from '../modules/sessions.js';
import { tariffs } from '../modules/tariffs.js';
import { tokens } from '../modules/tokens.js';
import { versionDetails, versions } from '../modules/versions.js';
import type { ModuleId, VersionAdapter } from '../versions/adapter.js';
import { ADAPTERS } from '../versions/registry.js';
import type { Endpoint, ModulePorts } from './exchange.js';
import { createPartnerLoad, type PartnerLimits } from './partner-load.js';
import { refuse, type ServeOptions, serve } from './serve.js';

type FunctionalModule = Exclude<ModuleId, 'credentials'>;

const FUNCTIONAL_MODULES = {
  locations,
  sessions,
  cdrs,
  tariffs,
  tokens,
  commands,
  chargingprofiles: chargingProfiles,
  hubclientinfo: hubClientInfo,
  invoicereconciliation: invoices,
} satisfies Record<FunctionalModule, (ports: ModulePorts, adapter: VersionAdapter) => Endpoint[]>;

/** The OCPI server: every version and module under `/ocpi`, nothing without a credential. */
export function createApp(ports: ModulePorts, limits: PartnerLimits = {}): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  const load = createPartnerLoad(limits);
  const registration = { ...ports, load, access: 'registration', routesMessages: false } as const;
  const underWay = new Set<string>();

  mount(app, '/ocpi/versions', versions(ports), registration);
  for (const adapter of Object.values(ADAPTERS)) {
    const base = `/ocpi/${adapter.version}`;
    mount(app, base, versionDetails(ports, adapter), registration);
    mount(app, `${base}/credentials`, credentials(ports, adapter, underWay), registration);
    for (const [identifier, module] of Object.entries(FUNCTIONAL_MODULES)) {
      mount(app, `${base}/${identifier}`, module(ports, adapter), {
        ...ports,
        load,
        access: 'registered',
        // OCPI RT-02: who is behind a hub is a matter between the platforms.
        routesMessages: adapter.routesMessages && identifier !== 'hubclientinfo',
      });
    }
  }

  const unknownPath = async () => {
    throw notFound('Unknown path'); // OCPI ST-03
  };
  app.use(
    serve(
      { ...registration, access: 'registered' },
      { GET: unknownPath, POST: unknownPath, PUT: unknownPath, PATCH: unknownPath, DELETE: unknownPath },
    ),
  );
  // Express recognises an error handler by its four parameters.
  app.use((error: unknown, request: Request, response: Response, _next: NextFunction) => {
    const refusal =
      error instanceof URIError ? unreadable('The path is not percent-encoded correctly') : error;
    refuse(request, response, refusal, ports);
  });
  return app;
}

function mount(app: Express, base: string, endpoints: Endpoint[], options: ServeOptions): void {
  for (const endpoint of endpoints) {
    const path = endpoint.path === '/' ? base : `${base}${endpoint.path}`;
    app.all(path, serve(options, endpoint.methods));
  }
}
