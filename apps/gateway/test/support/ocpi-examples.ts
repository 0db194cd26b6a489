import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkObject, type OcpiVersion } from '@roambridge/sim-emsp';
import type { Members } from './table-objects.js';

// The examples of the OCPI documents are not part of this project. Where somebody has them, OCPI_EXAMPLES is the folder:
// an index.json {examples: [{file, version, object_type, partial}]} and the files that it names.
const folder = process.env.OCPI_EXAMPLES ?? '';
const index = join(folder, 'index.json');

export const hasExamples = folder !== '' && existsSync(index);

export interface Example {
  file: string;
  version: string;
  /** A name of the property tables, `X[]`, `Response<X>`, `Response<none>`, or `{member:X}` for a part of an object. */
  object_type: string;
  /** Body of a PATCH. */
  partial: boolean;
}

export function examplesOf(version: OcpiVersion): Example[] {
  if (!hasExamples) return [];
  const { examples } = JSON.parse(readFileSync(index, 'utf8')) as { examples: Example[] };
  return examples.filter((example) => example.version === version);
}

export function bodyOf({ file }: Example): unknown {
  return JSON.parse(readFileSync(join(folder, file), 'utf8'));
}

/** What the property tables of its own version say against an example. */
export function exampleFaults(example: Example): string[] {
  return faultsOf(bodyOf(example), example.object_type, example);
}

function faultsOf(body: unknown, type: string, example: Example): string[] {
  const version = example.version as OcpiVersion;
  const [, inResponse] = /^Response<(.+)>$/.exec(type) ?? [];
  if (inResponse !== undefined) {
    const { data, ...envelope } = body as Members;
    const faults = checkObject(envelope, { version, type: 'Response' });
    return inResponse === 'none' ? faults : [...faults, ...faultsOf(data, inResponse, example)];
  }
  const [, member, memberType] = /^\{(\w+):(\w+)\}$/.exec(type) ?? [];
  if (member !== undefined && memberType !== undefined)
    return faultsOf((body as Members)[member], memberType, example);
  if (type.endsWith('[]'))
    return (body as unknown[]).flatMap((item) => faultsOf(item, type.slice(0, -2), example));
  return checkObject(body, { version, type, partial: example.partial });
}

/** Examples that break the tables of their own version, and how. They are read as far as they go, and never copied. */
export const NOT_VALID: Record<string, string> = {
  '2.1.1/cdrs/example-of-a-cdr.json': 'the country has two letters, a price is text',
  '2.1.1/locations/example-add-an-evse.json': 'the connector is not whole, numbers in place of text',
  '2.1.1/sessions/simple-session-example-of-a-just-starting-session.json': 'the country has two letters',
  '2.1.1/sessions/simple-session-example-of-a-short-finished-session.json': 'the country has two letters',
  '2.1.1/tariffs/example-new-tariff-2-euro-per-hour.json': 'last_updated is missing',
  '2.1.1/transport/example-version-information-response-list-of-objects.json': 'version 1.9 is not listed',
  '2.2.1/hubclientinfo/example-put-a-new-clientinfo-object.json': 'last_updated is missing',
  '2.2.1/locations/location_put_example_add_evse.json':
    'the connector is not whole, a member of another name',
  '2.2.1/tariffs/tariff_put_example.json': 'last_updated is missing',
  '2.3.0/cdrs/cdr_example.json': 'tax_included is missing in its tariff',
  '2.3.0/hubclientinfo/example-put-a-new-clientinfo-object.json': 'last_updated is missing',
  '2.3.0/locations/location_put_example_add_evse.json':
    'the connector is not whole, a member of another name',
  '2.3.0/tariffs/tariff_put_example.json': 'last_updated is missing',
};
