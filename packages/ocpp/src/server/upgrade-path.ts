/** First segment of the path that chargers connect to. */
const PREFIX = 'ocpp';

/** Longest identity that is looked up. */
const IDENTITY_MAX_CHARS = 255;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const NOT_PRINTABLE = /[\u0000-\u001f\u007f]/;

/** `guess`: the identity that was probably meant, to help whoever looks for the reason. */
export type UpgradePath = { identity: string } | { httpStatus: 400 | 404; reason: string; guess?: string };

/**
 * Identity out of `/ocpp/…/{identity}`: the last segment, empty ones and the query ignored,
 * percent-decoded once as UTF-8. `target` is the request target as node:http gives it (latin1). Never throws.
 */
export function parseUpgradePath(target: string): UpgradePath {
  const path = target.split('?', 1)[0] ?? '';
  const segments = path.split('/').filter((segment) => segment !== '');
  const last = segments.at(-1);
  if (segments[0] !== PREFIX || segments.length < 2 || last === undefined) {
    const guess = last === undefined || last === PREFIX ? undefined : percentDecode(last);
    const reason = `the path is not /${PREFIX}/{identity}`;
    return { httpStatus: 404, reason, ...(guess && isUsable(guess) ? { guess } : {}) };
  }
  const identity = percentDecode(last);
  if (identity === undefined) return { httpStatus: 400, reason: 'the identity is not percent-encoded UTF-8' };
  if (identity.trim() === '') return { httpStatus: 404, reason: 'the identity is empty' };
  if (!isUsable(identity)) return { httpStatus: 400, reason: 'the identity is too long or not printable' };
  return { identity };
}

function isUsable(identity: string): boolean {
  return identity.length <= IDENTITY_MAX_CHARS && !NOT_PRINTABLE.test(identity);
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true });

/** Undefined for a broken escape or bytes that are not UTF-8. */
function percentDecode(text: string): string | undefined {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] !== '%') {
      bytes.push(text.charCodeAt(at) & 0xff);
      continue;
    }
    const hex = text.slice(at + 1, at + 3);
    if (!/^[0-9A-Fa-f]{2}$/.test(hex)) return undefined;
    bytes.push(Number.parseInt(hex, 16));
    at += 2;
  }
  try {
    return UTF_8.decode(Uint8Array.from(bytes));
  } catch {
    return undefined;
  }
}
