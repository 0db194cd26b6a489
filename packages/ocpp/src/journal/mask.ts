import { isWireObject, type WireObject } from '../wire.js';

/** What stands where a secret was. */
export const MASK = '********';

// Whether a text can hold a secret at all. Escapes could hide the words; such texts are looked through.
const SUSPICIOUS = /authorizationkey|keycode|passw|simpin|"key"\s*:|:\/\/[^/\s"@]*@|\/files\/|\\u00/i;

// Every message is asked, and nearly all hold none of these.
const PARTS = ['authorizationkey', 'keycode', 'passw', 'simpin', '"key"', '://', '/files/', '\\u00'];

function isSuspicious(raw: string): boolean {
  const text = raw.toLowerCase();
  return PARTS.some((part) => text.includes(part)) && SUSPICIOUS.test(raw);
}

// OCPP 1.6 configuration keys and OCPP 2.x variables whose values are secrets.
const SECRET_SETTINGS: ReadonlySet<string> = new Set(['authorizationkey', 'basicauthpassword']);

// Members of SetNetworkProfile.
const SECRET_MEMBERS: ReadonlySet<string> = new Set([
  'apnpassword',
  'simpin',
  'password',
  'basicauthpassword',
]);

/** The secret part of our one-time URLs. */
const FILE_TOKEN = /(\/files\/)[A-Za-z0-9_-]{43}/g;

const URL_CREDENTIALS = /(:\/\/)[^/\s"@]*@/g;

/** Text of a frame as it may be stored and shown (A-024, A01.FR.09, C04.FR.04). */
export function maskFrame(raw: string): string {
  if (!isSuspicious(raw)) return raw;
  try {
    return JSON.stringify(masked(JSON.parse(raw), 0));
  } catch {
    // Not JSON: where the secret ends cannot be told, so nothing of it is kept.
    return MASK;
  }
}

/** The same for a part of a message that is kept beside the journal. */
export function maskSecrets(items: WireObject[]): WireObject[] {
  return isSuspicious(JSON.stringify(items)) ? items.map((item) => maskedObject(item, 0)) : items;
}

/** Deeper than any OCPP message; what is below is not looked through and so not kept. */
const DEPTH_MAX = 32;

function masked(value: unknown, depth: number): unknown {
  if (depth > DEPTH_MAX) return MASK;
  if (typeof value === 'string') {
    return value.replace(URL_CREDENTIALS, `$1${MASK}@`).replace(FILE_TOKEN, `$1${MASK}`);
  }
  if (Array.isArray(value)) return value.map((item) => masked(item, depth + 1));
  return isWireObject(value) ? maskedObject(value, depth) : value;
}

function maskedObject(source: WireObject, depth: number): WireObject {
  const secretSetting =
    namesSecret(source.key) || (isWireObject(source.variable) && namesSecret(source.variable.name));
  const keyCode = typeof source.type === 'string' && source.type.toLowerCase() === 'keycode';
  const vpn = 'server' in source && 'user' in source;
  const copy: WireObject = {};
  for (const [name, value] of Object.entries(source)) {
    const secret =
      (secretSetting && (name === 'value' || name === 'attributeValue')) ||
      (keyCode && name === 'idToken' && typeof value === 'string') ||
      (vpn && name === 'key') ||
      (typeof value === 'string' && SECRET_MEMBERS.has(name.toLowerCase()));
    if (secret) copy[name] = MASK;
    // A report has the values of a variable one level deeper.
    else if (secretSetting && name === 'variableAttribute') copy[name] = withoutValues(value);
    else copy[name] = masked(value, depth + 1);
  }
  return copy;
}

function withoutValues(attributes: unknown): unknown {
  if (!Array.isArray(attributes)) return MASK;
  return attributes.map((attribute) => (isWireObject(attribute) ? { ...attribute, value: MASK } : MASK));
}

/** Whether a configuration key or variable of this name has a secret value. */
export function namesSecret(name: unknown): boolean {
  return typeof name === 'string' && SECRET_SETTINGS.has(name.trim().toLowerCase());
}
