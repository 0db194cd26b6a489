export const OCPI_VERSIONS = ['2.1.1', '2.2.1', '2.3.0'] as const;
export type OcpiVersion = (typeof OCPI_VERSIONS)[number];

/** OCPI party. */
export interface Party {
  country_code: string;
  party_id: string;
}

/** What differs between the versions on the wire, apart from the fields of the objects. */
export interface VersionTraits {
  /** Authorization value is the Base64 of the token (TR-003, TR-004). */
  base64Token: boolean;
  /** Endpoints have a role and credentials a list of roles (VE-03, CR-03). */
  roles: boolean;
  /** X-Request-ID, X-Correlation-ID and the OCPI-from/to headers are mandatory (TR-020, RT-01). */
  routing: boolean;
  /** PATCH needs last_updated, and charging_periods of a Session PATCH are appended (ME-03, ME-04). */
  strictPatch: boolean;
}

const MODERN: VersionTraits = { base64Token: true, roles: true, routing: true, strictPatch: true };

export const TRAITS = {
  '2.1.1': { base64Token: false, roles: false, routing: false, strictPatch: false },
  '2.2.1': MODERN,
  '2.3.0': MODERN,
} satisfies Record<OcpiVersion, VersionTraits>;

/** Value of the Authorization header for a credentials token. */
export function authorization(version: OcpiVersion, token: string): string {
  return `Token ${TRAITS[version].base64Token ? Buffer.from(token, 'utf8').toString('base64') : token}`;
}
