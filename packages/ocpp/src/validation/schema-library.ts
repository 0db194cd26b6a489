import { readdirSync, readFileSync } from 'node:fs';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormatsModule from 'ajv-formats';

/** What is wrong with a payload, and where. */
export interface Violation {
  /** JSON pointer into the payload. */
  pointer: string;
  message: string;
  keyword: string;
}

/** The vendored schemas of one protocol version, compiled on first use. */
export interface SchemaLibrary {
  /** Violations of a message from a charger; empty = conforms. Undefined: the version has no such action. */
  diagnoseRequest(action: string, payload: unknown): readonly Violation[] | undefined;
  /** The same for a message that is not answered (SEND), whose schema has no counterpart. */
  diagnoseSend(action: string, payload: unknown): readonly Violation[] | undefined;
  /** The same for a charger's answer to our call. */
  diagnoseResponse(action: string, payload: unknown): readonly Violation[] | undefined;
  /** The same for a message of ours, formats included. */
  checkOwnRequest(action: string, payload: unknown): readonly Violation[] | undefined;
  /** The schema of a request as it is published; undefined: the version has no such action. */
  requestSchema(action: string): Record<string, unknown> | undefined;
  /** Whether the version has the action. */
  has(action: string): boolean;
}

const SCHEMAS_FOLDER = new URL('../../schemas/', import.meta.url);

const NO_VIOLATIONS: readonly Violation[] = [];

/** Decimal places to which a quotient counts as whole: 0.1 has no exact binary form (`multipleOf: 0.1`). */
const MULTIPLE_OF_PRECISION = 6;

/** Violations told of one payload. */
const VIOLATIONS_MAX = 50;

const COMMON_OPTIONS = {
  // diagnose, so all of them.
  allErrors: true,
  // The schemas of OCPP carry keywords of a code generator (`javaType`, `comment`).
  strict: false,
  multipleOfPrecision: MULTIPLE_OF_PRECISION,
} as const;

/** Opens the schemas in one folder of `schemas/`. `requestSuffix` is what request file names end with. */
export function openSchemaLibrary(
  folder: 'v16' | 'v201' | 'v21',
  requestSuffix: '' | 'Request',
): SchemaLibrary {
  const location = new URL(`${folder}/`, SCHEMAS_FOLDER);
  const files: ReadonlySet<string> = new Set(readdirSync(location));
  // Chargers' times are read by our own reader, which knows more spellings than the format has (A-094).
  const lenient = new Ajv({ ...COMMON_OPTIONS, validateFormats: false });
  const exact = new Ajv(COMMON_OPTIONS);
  addFormatsModule.default(exact);
  const read = (file: string): Record<string, unknown> | undefined =>
    files.has(file) ? withoutDialect(JSON.parse(readFileSync(new URL(file, location), 'utf8'))) : undefined;
  const compiledOnUse = (ajv: Ajv, suffix: string) => {
    const compiled = new Map<string, ValidateFunction>();
    return (action: string): ValidateFunction | undefined => {
      const known = compiled.get(action);
      if (known) return known;
      const schema = read(`${action}${suffix}.json`);
      if (schema === undefined) return undefined;
      const validate = ajv.compile(schema);
      compiled.set(action, validate);
      return validate;
    };
  };
  const requests = compiledOnUse(lenient, requestSuffix);
  const sends = compiledOnUse(lenient, '');
  const responses = compiledOnUse(lenient, 'Response');
  const ownRequests = compiledOnUse(exact, requestSuffix);
  return {
    diagnoseRequest: (action, payload) => diagnose(requests(action), payload),
    diagnoseSend: (action, payload) => diagnose(sends(action), payload),
    diagnoseResponse: (action, payload) => diagnose(responses(action), payload),
    checkOwnRequest: (action, payload) => diagnose(ownRequests(action), payload),
    requestSchema: (action) => read(`${action}${requestSuffix}.json`),
    has: (action) =>
      files.has(`${action}${requestSuffix}.json`) && !(requestSuffix === '' && action.endsWith('Response')),
  };
}

function diagnose(
  validate: ValidateFunction | undefined,
  payload: unknown,
): readonly Violation[] | undefined {
  if (validate === undefined) return undefined;
  if (validate(payload)) return NO_VIOLATIONS;
  return (validate.errors ?? []).slice(0, VIOLATIONS_MAX).map(toViolation);
}

function toViolation(error: ErrorObject): Violation {
  const missing: unknown = error.params.missingProperty;
  return {
    pointer: typeof missing === 'string' ? `${error.instancePath}/${missing}` : error.instancePath,
    message: error.message ?? error.keyword,
    keyword: error.keyword,
  };
}

/** The files name drafts that ajv no longer reads; what they use of them means the same today. */
function withoutDialect(schema: Record<string, unknown>): Record<string, unknown> {
  const { $schema: _dialect, $id: _urn, id: _oldUrn, ...rest } = schema;
  return rest;
}
