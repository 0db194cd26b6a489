import type { Endpoint, ModulePorts } from '../server/exchange.js';
import type { ModuleId, VersionAdapter } from '../versions/adapter.js';
import { ADAPTERS } from '../versions/registry.js';
import { versionUrl } from './module-url.js';

/** Our roles in every module that we offer: a CPO platform (OCPI VE-03, VE-05). */
const OUR_ROLES = {
  credentials: ['SENDER'],
  locations: ['SENDER'],
  sessions: ['SENDER'],
  cdrs: ['SENDER'],
  tariffs: ['SENDER'],
  tokens: ['RECEIVER'],
  commands: ['RECEIVER'],
  chargingprofiles: ['RECEIVER'],
  hubclientinfo: ['RECEIVER'],
  // OCPI IR-01: of ours we are the sender, of those that a partner writes the receiver.
  invoicereconciliation: ['SENDER', 'RECEIVER'],
} satisfies Record<ModuleId, ('SENDER' | 'RECEIVER')[]>;

/** GET versions (OCPI VE-01). */
export function versions(ports: ModulePorts): Endpoint[] {
  return [
    {
      path: '/',
      methods: {
        GET: async () => ({
          data: Object.values(ADAPTERS).map(({ version }) => ({
            version,
            url: versionUrl(ports.publicUrl(), version),
          })),
        }),
      },
    },
  ];
}

/** GET version details (OCPI VE-01). */
export function versionDetails(ports: ModulePorts, adapter: VersionAdapter): Endpoint[] {
  return [
    {
      path: '/',
      methods: {
        GET: async () => ({
          data: {
            version: adapter.version,
            endpoints: modulesOf(adapter).map(([identifier, role]) =>
              adapter.endpointToWire({
                identifier,
                role,
                url: `${versionUrl(ports.publicUrl(), adapter.version)}/${identifier}`,
              }),
            ),
          },
        }),
      },
    },
  ];
}

/** All versions and modules, as one text. */
export function ownOffer(): string {
  return Object.values(ADAPTERS)
    .map((adapter) => `${adapter.version}: ${modulesOf(adapter).join(' ')}`)
    .join('; ');
}

/** Modules of a version with our role in each; one with two roles is there twice. */
export function modulesOf({ chargingProfiles, knowsHubs, hasInvoices }: VersionAdapter) {
  const missing = new Set([
    ...(chargingProfiles === undefined ? ['chargingprofiles'] : []),
    ...(knowsHubs ? [] : ['hubclientinfo']),
    ...(hasInvoices ? [] : ['invoicereconciliation']),
  ]);
  return Object.entries(OUR_ROLES)
    .filter(([identifier]) => !missing.has(identifier))
    .flatMap(([identifier, roles]) => roles.map((role) => [identifier, role] as const));
}
