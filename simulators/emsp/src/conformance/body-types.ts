import type { OcpiVersion } from '../version.js';

/** What a body has to be: an object of the property tables, a list of them, or nothing. */
export interface BodyType {
  type: string;
  kind: 'object' | 'list';
}

const LEVELS = ['Location', 'EVSE', 'Connector'];

/** What a result may be the answer to, by the second segment of our response URLs for charging profiles. */
const PROFILE_RESULTS: Record<string, string> = {
  set: 'ChargingProfileResult',
  clear: 'ClearProfileResult',
  get: 'ActiveChargingProfileResult',
};

/**
 * Type of the body of a request of the CPO, in the property tables; undefined where the interface has no such request.
 * @param segments decoded path below the URL of the module.
 */
export function requestType(
  version: OcpiVersion,
  { method, module, segments }: { method: string; module: string; segments: string[] },
): string | undefined {
  const [first, second] = segments;
  const type = {
    'PUT credentials': 'Credentials',
    'POST credentials': 'Credentials',
    'PUT locations': LEVELS[segments.length - 3],
    'PATCH locations': LEVELS[segments.length - 3],
    'PUT sessions': 'Session',
    'PATCH sessions': 'Session',
    'POST cdrs': 'CDR',
    'PUT tariffs': 'Tariff',
    'POST tokens': 'LocationReferences',
    // CO-04: in 2.1.1 the result is again a CommandResponse.
    'POST commands': version === '2.1.1' ? 'CommandResponse' : 'CommandResult',
    'PUT chargingprofiles': 'ActiveChargingProfile',
    'POST chargingprofiles': first === 'results' ? PROFILE_RESULTS[second ?? ''] : undefined,
  } as Record<string, string | undefined>;
  return type[`${method} ${module}`];
}

const OBJECT = (type: string): BodyType => ({ type, kind: 'object' });
const LIST = (type: string): BodyType => ({ type, kind: 'list' });

const LISTS: Record<string, string> = {
  locations: 'Location',
  sessions: 'Session',
  cdrs: 'CDR',
  tariffs: 'Tariff',
  hubclientinfo: 'ClientInfo',
};

/**
 * Type of `data` in an answer of success of the CPO; undefined where the interface defines none (TR-043).
 * @param segments decoded path below the URL of the module, query left out.
 */
export function answerType({
  method,
  module,
  segments,
}: {
  method: string;
  module: string;
  segments: string[];
}): BodyType | undefined {
  const list = LISTS[module];
  if (module === 'credentials') return method === 'DELETE' ? undefined : OBJECT('Credentials');
  if (module === 'commands') return OBJECT('CommandResponse');
  if (module === 'chargingprofiles') return OBJECT('ChargingProfileResponse');
  if (module === 'sessions' && method === 'PUT') return OBJECT('ChargingPreferencesResponse');
  if (method !== 'GET') return undefined;
  if (module === 'tokens') return OBJECT('Token');
  if (list === undefined) return undefined;
  if (segments.length === 0) return LIST(list);
  return OBJECT(module === 'locations' ? (LEVELS[segments.length - 1] ?? list) : list);
}
