/** OCPI status codes that this platform answers with (OCPI status codes chapter). */
export const STATUS = {
  success: 1000,
  clientError: 2000,
  invalidParameter: 2001,
  unknownLocation: 2003,
  unknownToken: 2004,
  serverError: 3000,
  unusableClientApi: 3001,
  unsupportedVersion: 3002,
  missingEndpoints: 3003,
} as const;

/** A refusal of a partner's request. The message is for the partner and reveals no internals. */
export class OcpiRefusal extends Error {
  readonly httpStatus: number;
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  constructor(httpStatus: number, statusCode: number, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.name = 'OcpiRefusal';
    this.httpStatus = httpStatus;
    this.statusCode = statusCode;
    this.headers = headers;
  }
}

/** JSON was fine, its content is not: HTTP 200 with 2001 and the member at fault. // OCPI ST-08, ST-17 */
export function invalid(field: string, reason: string): OcpiRefusal {
  return new OcpiRefusal(200, STATUS.invalidParameter, `${field}: ${reason}`);
}

/** Missing, malformed or unknown credential. // OCPI TR-010, ST-01 */
export function unauthorized(): OcpiRefusal {
  return new OcpiRefusal(401, STATUS.clientError, 'A valid Authorization: Token header is required', {
    'WWW-Authenticate': 'Token',
  });
}

/** The body cannot be read as JSON. // OCPI ST-02 */
export function unreadable(reason: string, httpStatus = 400): OcpiRefusal {
  return new OcpiRefusal(httpStatus, STATUS.invalidParameter, reason);
}

/** A path, object or party that is not there for this caller. // OCPI ST-03, ST-04, ST-11 */
export function notFound(what: string, statusCode: number = STATUS.clientError): OcpiRefusal {
  return new OcpiRefusal(404, statusCode, what);
}

/** A method that the interface does not have, or not in this state of the connection. // OCPI ST-12, ST-13 */
export function notAllowed(reason: string, allowed?: string[]): OcpiRefusal {
  return new OcpiRefusal(
    405,
    STATUS.clientError,
    reason,
    allowed === undefined ? {} : { Allow: allowed.join(', ') },
  );
}
