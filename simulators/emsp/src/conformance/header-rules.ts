import type { OcpiVersion, Party } from '../version.js';
import { TRAITS } from '../version.js';

const ROUTING = ['ocpi-to-country-code', 'ocpi-to-party-id', 'ocpi-from-country-code', 'ocpi-from-party-id'];
/** Modules whose requests are not routed between parties (RT-02). */
const CONFIGURATION_MODULES = ['versions', 'credentials', 'hubclientinfo'];
/** Newest request ids that are remembered to find one used twice. */
const REQUEST_IDS_KEPT = 10_000;

export interface HeaderCheck {
  method: string;
  module: string;
  headers: Record<string, string>;
  hasBody: boolean;
  /** Owner of the object in URL or body, when the request names one. */
  owner?: Party;
}

/** Checks the headers of inbound requests (TR-020 ff., RT-01 ff.). */
export function createHeaderRules(
  version: OcpiVersion,
  own: Party,
  clients: readonly Party[] = [],
): (check: HeaderCheck) => string[] {
  const seen = new Set<string>();

  return ({ headers, module, hasBody, owner }) => {
    if (!TRAITS[version].routing) return [];
    const faults: string[] = [];
    const requestId = headers['x-request-id'];
    if (requestId === undefined) faults.push('X-Request-ID is missing (TR-020)');
    else if (seen.has(requestId)) faults.push(`X-Request-ID ${requestId} was used before (TR-020)`);
    else remember(seen, requestId);
    if (headers['x-correlation-id'] === undefined) faults.push('X-Correlation-ID is missing (TR-021)');
    if (hasBody && headers['content-type']?.startsWith('application/json') !== true)
      faults.push('Content-Type must be application/json (TR-026)');
    if (CONFIGURATION_MODULES.includes(module)) {
      if (ROUTING.some((name) => headers[name] !== undefined))
        faults.push(`${module} must not carry routing headers (RT-02)`);
      return faults;
    }
    const missing = ROUTING.filter((name) => headers[name] === undefined);
    if (missing.length > 0) faults.push(`${missing.join(', ')} missing (RT-01)`);
    else faults.push(...partyFaults(headers, addressees(module, own, clients), owner));
    return faults;
  };
}

/** RT-07: what is for everyone goes to the hub itself, what is somebody's to that party. */
function addressees(module: string, own: Party, clients: readonly Party[]): readonly Party[] {
  if (clients.length === 0) return [own];
  return module === 'sessions' || module === 'cdrs' ? clients : [own, ...clients];
}

function partyFaults(
  headers: Record<string, string>,
  own: readonly Party[],
  owner: Party | undefined,
): string[] {
  const faults: string[] = [];
  const to = `${headers['ocpi-to-country-code']}*${headers['ocpi-to-party-id']}`.toUpperCase();
  const from = `${headers['ocpi-from-country-code']}*${headers['ocpi-from-party-id']}`.toUpperCase();
  if (!own.some((party) => to === name(party)))
    faults.push(`OCPI-to is ${to} and not ${own.map(name).join(' or ')} (RT-04)`);
  if (owner && from !== name(owner))
    faults.push(`OCPI-from is ${from} and not the owner ${name(owner)} (RT-05)`);
  return faults;
}

function name(party: Party): string {
  return `${party.country_code}*${party.party_id}`.toUpperCase();
}

function remember(seen: Set<string>, id: string): void {
  seen.add(id);
  const [oldest] = seen;
  if (seen.size > REQUEST_IDS_KEPT && oldest !== undefined) seen.delete(oldest);
}

export interface ResponseCheck {
  request: Headers;
  response: Headers;
  module: string;
}

/** A response repeats both ids and swaps the parties (TR-020, TR-021, RT-04). */
export function responseFaults({ request, response, module }: ResponseCheck): string[] {
  const faults: string[] = [];
  for (const id of ['x-request-id', 'x-correlation-id']) {
    if (response.get(id) !== request.get(id)) faults.push(`response does not repeat ${id}`);
  }
  if (response.get('content-type')?.startsWith('application/json') !== true)
    faults.push('response must be application/json (TR-026)');
  if (CONFIGURATION_MODULES.includes(module)) return faults;
  for (const part of ['country-code', 'party-id']) {
    const expected = request.get(`ocpi-from-${part}`)?.toUpperCase();
    if (response.get(`ocpi-to-${part}`)?.toUpperCase() !== expected)
      faults.push(`response OCPI-to-${part} is not the requesting party (RT-04)`);
    if (!response.has(`ocpi-from-${part}`)) faults.push(`response lacks OCPI-from-${part} (RT-01)`);
  }
  return faults;
}
