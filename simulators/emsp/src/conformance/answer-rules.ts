import { isObject, type Json, numberOf } from '../json.js';
import type { OcpiVersion } from '../version.js';
import { answerType, type BodyType } from './body-types.js';
import { checkObject } from './check-object.js';

/** From here on an answer is no success (ST-01). */
const FIRST_ERROR = 2000;

export interface Answer {
  method: string;
  module: string;
  /** Decoded path below the URL of the module. */
  segments: string[];
  version: OcpiVersion;
  /** The parsed body; undefined when it is no JSON. */
  body: Json | undefined;
}

/** Compares an answer of the CPO with the envelope (TR-040) and with the property table of what it holds (TR-041). */
export function answerFaults({ version, body, ...exchange }: Answer): string[] {
  if (!isObject(body)) return ['response is no OCPI envelope (TR-040)'];
  const { data, ...envelope } = body;
  const faults = checkObject(envelope, { version, type: 'Response' });
  const status = numberOf(body, 'status_code') ?? FIRST_ERROR;
  // TR-042: data beside an error is not specified, but for commands (ST-19).
  if (status >= FIRST_ERROR && (exchange.module !== 'commands' || data === undefined)) return faults;
  if (exchange.module === 'versions') return [...faults, ...versionFaults(version, data)];
  const wanted = answerType(exchange);
  if (wanted === undefined) {
    if (data !== undefined) faults.push('data must be left out here (TR-043)');
    return faults;
  }
  return [...faults, ...dataFaults(version, data, wanted)];
}

/** The list of versions is of none of them, and names new ones to old partners too. */
function versionFaults(version: OcpiVersion, data: Json | undefined): string[] {
  return Array.isArray(data)
    ? dataFaults('2.3.0', data, { type: 'Version', kind: 'list' })
    : dataFaults(version, data, { type: 'VersionDetails', kind: 'object' });
}

function dataFaults(version: OcpiVersion, data: Json | undefined, { type, kind }: BodyType): string[] {
  if (kind === 'object') return checkObject(data, { version, type });
  if (!Array.isArray(data)) return ['data must be a list (TR-041)'];
  return data.flatMap((item) => checkObject(item, { version, type }));
}
