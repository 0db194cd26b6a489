import { createHeaderRules } from './conformance/header-rules.js';
import { type InboundRequest, notFound, ok, type Reply, refused } from './http/exchange.js';
import type { PeerClient } from './peer-client.js';
import { cdrs } from './receiver/cdrs.js';
import { chargingProfiles } from './receiver/charging-profiles.js';
import { commandResults } from './receiver/command-results.js';
import { createCredentials } from './receiver/credentials.js';
import { hubClients } from './receiver/hub-clients.js';
import { locations } from './receiver/locations.js';
import { bodyFaults } from './receiver/pushed-object.js';
import type { ModuleHandler } from './receiver/request.js';
import { sessions } from './receiver/sessions.js';
import { tariffs } from './receiver/tariffs.js';
import { tokens } from './receiver/tokens.js';
import { partyIn } from './registration.js';
import type { EmspState } from './state.js';
import { type Party, TRAITS } from './version.js';

/** Deliberately unlike the CPO's own paths: endpoints are to be read, not built (TR-027). */
const PREFIX = '/emsp/ocpi';

/** Modules as they are listed in the version details (VE-03, VE-04). */
const MODULES = [
  { identifier: 'credentials', role: 'SENDER' },
  { identifier: 'locations', role: 'RECEIVER' },
  { identifier: 'sessions', role: 'RECEIVER' },
  { identifier: 'cdrs', role: 'RECEIVER' },
  { identifier: 'tariffs', role: 'RECEIVER' },
  { identifier: 'tokens', role: 'SENDER' },
  { identifier: 'commands', role: 'SENDER' },
  { identifier: 'chargingprofiles', role: 'SENDER' },
  { identifier: 'hubclientinfo', role: 'SENDER' },
] as const;

export interface Router {
  serve(request: InboundRequest): Promise<Reply>;
  /** Checks the body of a request that is answered by script. */
  observe(request: InboundRequest): void;
  versionsUrl(): string;
  /** URL of one of our modules. */
  moduleUrl(identifier: string): string;
}

/** Our OCPI interfaces: versions, details and the modules, behind the check of token and headers. */
export function createRouter(options: {
  state: EmspState;
  client: PeerClient;
  origin: () => string;
}): Router {
  const { state, client, origin } = options;
  const versionsUrl = () => `${origin()}${PREFIX}/versions`;
  const detailsUrl = () => `${origin()}${PREFIX}/${state.version}`;
  const moduleUrl = (identifier: string) => `${detailsUrl()}/${identifier}`;
  const headerFaults = createHeaderRules(state.version, state.party, state.hubClients);
  const handlers: Record<string, ModuleHandler> = {
    credentials: createCredentials(client, versionsUrl),
    locations,
    sessions,
    cdrs,
    tariffs,
    tokens,
    commands: commandResults,
    chargingprofiles: chargingProfiles,
    hubclientinfo: hubClients,
  };

  function observe(request: InboundRequest): void {
    const [version, module, ...segments] = decodedPath(request.path);
    if (version !== state.version || module === undefined) return;
    const path = segments.filter((segment) => segment !== '');
    const call = { state, request, module, segments: path, moduleUrl: moduleUrl(module) };
    state.findings.add(`${request.method} ${request.path}`, bodyFaults(call));
  }

  async function serve(request: InboundRequest): Promise<Reply> {
    const where = `${request.method} ${request.path}`;
    const [head, module, ...segments] = decodedPath(request.path);
    const name = head === 'versions' || module === undefined ? 'versions' : module;
    const allowed = authorized(state, name, request.headers.authorization);
    if (allowed !== undefined) {
      state.findings.add(where, [allowed]);
      return refused(2000, 'token missing or unknown', 401);
    }
    const owner =
      segments.length > 1 && name !== 'commands' && name !== 'chargingprofiles'
        ? urlParty(segments, name)
        : partyIn(request.body);
    state.findings.add(
      where,
      headerFaults({
        method: request.method,
        module: name,
        headers: request.headers,
        hasBody: request.rawBody !== '',
        ...(owner ? { owner } : {}),
      }),
    );
    if (head === 'versions') return ok([{ version: state.version, url: detailsUrl() }]);
    if (head !== state.version) return notFound('no such version', 2000);
    if (module === undefined) return ok({ version: state.version, endpoints: endpoints() });
    const handler = handlers[module];
    if (!handler) return notFound('no such module', 2000);
    return handler({
      state,
      module,
      request,
      segments: segments.filter((segment) => segment !== ''),
      moduleUrl: moduleUrl(module),
      fault: (...messages) => state.findings.add(where, messages),
    });
  }

  const endpoints = () =>
    MODULES.filter(
      // 2.1.1 has no charging profiles.
      ({ identifier }) =>
        (identifier !== 'chargingprofiles' || TRAITS[state.version].roles) &&
        (identifier !== 'hubclientinfo' || state.hubClients !== undefined),
    ).map(({ identifier, role }) => ({
      identifier,
      ...(TRAITS[state.version].roles ? { role } : {}),
      url: moduleUrl(identifier),
    }));

  return { serve, observe, versionsUrl, moduleUrl };
}

function decodedPath(path: string): string[] {
  if (!path.startsWith(`${PREFIX}/`)) return ['unknown'];
  try {
    return path
      .slice(PREFIX.length + 1)
      .split('/')
      .map(decodeURIComponent);
  } catch {
    return ['unknown'];
  }
}

/** Objects are pushed below `{country_code}/{party_id}`; tokens are our own. */
function urlParty([country_code, party_id]: string[], module: string): Party | undefined {
  if (module === 'tokens' || country_code === undefined || party_id === undefined) return undefined;
  return { country_code, party_id };
}

/**
 * What is wrong with the Authorization header, undefined when it is right. While the CPO cannot know our version
 * (versions, credentials) both forms of the token are right (TR-007).
 */
function authorized(state: EmspState, module: string, header: string | undefined): string | undefined {
  const [, value] = /^Token (\S+)$/.exec(header ?? '') ?? [];
  if (value === undefined) return 'Authorization is missing or malformed (TR-002)';
  const handshake = module === 'versions' || module === 'credentials';
  const { inboundTokens, offeredToken } = state.connection;
  const known = [...inboundTokens, ...(handshake && offeredToken !== undefined ? [offeredToken] : [])];
  const encoded = known.map((token) => Buffer.from(token, 'utf8').toString('base64'));
  const right = handshake ? [...known, ...encoded] : TRAITS[state.version].base64Token ? encoded : known;
  return right.includes(value)
    ? undefined
    : 'Authorization holds no valid token in the form of the version (TR-003, TR-004)';
}
