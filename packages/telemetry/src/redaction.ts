/** Characters of a secret that stay readable, so that two tokens can be told apart. */
const VISIBLE_TAIL_CHARS = 2;
/** A secret shorter than this is hidden whole. */
const SHORTEST_PARTLY_VISIBLE_CHARS = 6;
const MAX_DEPTH = 8;
const MAX_TEXT_CHARS = 16_384;
const MAX_STACK_LINES = 12;

/** Field names whose values are secrets, lower case without `_` and `-`. */
const SECRET_FIELDS = new Set([
  'apikey',
  'authorization',
  'authorizationkey',
  'basicauthpassword',
  'cookie',
  'idtag',
  'idtoken',
  'inboundtoken',
  'operatortoken',
  'outboundtoken',
  'parentidtag',
  'password',
  'proxyauthorization',
  'registrationtoken',
  'secret',
  'setcookie',
  'token',
]);

const CREDENTIALS_IN_TEXT = /\b(Token|Bearer|Basic)\s+([A-Za-z0-9._~+/=:-]{6,})/gi;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to take out
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** `"ABCDEF12"` becomes `"***12"`; a short value becomes `"***"`. */
export function maskToken(value: string): string {
  return value.length < SHORTEST_PARTLY_VISIBLE_CHARS ? '***' : `***${value.slice(-VISIBLE_TAIL_CHARS)}`;
}

/**
 * Text that is safe on a terminal and in a line-based log: control and direction characters become visible escapes,
 * credentials after `Token`, `Bearer` and `Basic` are masked, and the length is bounded.
 */
export function cleanText(text: string): string {
  const bounded = text.length > MAX_TEXT_CHARS ? `${text.slice(0, MAX_TEXT_CHARS)}…` : text;
  return bounded
    .replace(
      CREDENTIALS_IN_TEXT,
      (_match, scheme: string, secret: string) => `${scheme} ${maskToken(secret)}`,
    )
    .replace(CONTROL_CHARACTERS, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Copy of log fields with secrets masked, errors made readable and every text cleaned. Cycles and depth are cut. */
export function redactFields(fields: Record<string, unknown>): Record<string, unknown> {
  return redactObject(fields, false, 0, new Set());
}

function isSecretField(name: string): boolean {
  return SECRET_FIELDS.has(name.toLowerCase().replace(/[_-]/g, ''));
}

function redactObject(
  value: object,
  secret: boolean,
  depth: number,
  above: Set<object>,
): Record<string, unknown> {
  const within = new Set(above).add(value);
  const copy: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    copy[cleanText(name)] = redactValue(member, secret || isSecretField(name), depth + 1, within);
  }
  return copy;
}

function redactValue(value: unknown, secret: boolean, depth: number, above: Set<object>): unknown {
  if (typeof value === 'string') return secret ? maskToken(cleanText(value)) : cleanText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return secret ? '***' : value;
  if (typeof value !== 'object' || value === null) return value;
  if (above.has(value)) return '[circular]';
  if (depth > MAX_DEPTH) return '[too deep]';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'invalid date' : value.toISOString();
  if (value instanceof Error) return describeError(value, depth, above);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) {
    const within = new Set(above).add(value);
    return value.map((member) => redactValue(member, secret, depth + 1, within));
  }
  return redactObject(value, secret, depth, above);
}

function describeError(error: Error, depth: number, above: Set<object>): Record<string, unknown> {
  const stack = (error.stack ?? '')
    .split('\n')
    .slice(1, MAX_STACK_LINES)
    .map((line) => cleanText(line.trim()));
  const within = new Set(above).add(error);
  return {
    ...redactObject(error, false, depth, above),
    type: error.name,
    message: cleanText(error.message),
    stack,
    ...(error.cause === undefined ? {} : { cause: redactValue(error.cause, false, depth + 1, within) }),
  };
}
