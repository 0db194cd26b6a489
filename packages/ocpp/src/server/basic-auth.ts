export interface BasicCredentials {
  user: string;
  /** Bytes: an OCPP 1.6 key need not be text. */
  password: Uint8Array;
}

const BASIC = /^basic +([A-Za-z0-9+/_-]+={0,2}) *$/i;

const COLON = 0x3a;

/** Credentials of an Authorization header; the first colon separates. Undefined when there are none. */
export function parseBasicAuth(header: string | undefined): BasicCredentials | undefined {
  const encoded = header === undefined ? undefined : BASIC.exec(header)?.[1];
  if (encoded === undefined) return undefined;
  const bytes = Buffer.from(encoded, 'base64');
  const colon = bytes.indexOf(COLON);
  if (colon < 0) return undefined;
  return { user: bytes.toString('utf8', 0, colon), password: Uint8Array.from(bytes.subarray(colon + 1)) };
}
