import { DOUBT_REASONS, type DoubtReason, type Rounding } from '@roambridge/domain';
import { z } from 'zod';

const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;

const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `250ms`, `3s`, `15m`, `24h`, `7d`; the value is in milliseconds. */
export const duration = z.string().transform((text, context) => {
  const match = DURATION.exec(text);
  const unit = match?.[2] as keyof typeof UNIT_MS | undefined;
  if (!match || unit === undefined) {
    context.addIssue({ code: 'custom', message: 'is no duration; write 250ms, 3s, 15m, 24h or 7d' });
    return z.NEVER;
  }
  return Number(match[1]) * UNIT_MS[unit];
});

/** A duration, or one of the words that stand for one. */
export function durationOr(words: Readonly<Record<string, number>>) {
  return z.string().transform((text, context) => {
    const word = words[text];
    if (word !== undefined) return word;
    const parsed = duration.safeParse(text);
    if (parsed.success) return parsed.data;
    const known = Object.keys(words).join(', ');
    context.addIssue({ code: 'custom', message: `is neither a duration like 120s nor one of ${known}` });
    return z.NEVER;
  });
}

/** `FLAG=hold`, `FLAG=send` or `FLAG=24h`, comma separated: milliseconds by doubt, those that are held left out. */
export const holdPolicy = z
  .string()
  .default('')
  .transform((text, context) => {
    const waits: Partial<Record<DoubtReason, number>> = {};
    for (const entry of text === '' ? [] : text.split(',')) {
      const [name = '', rule = ''] = entry.split('=').map((part) => part.trim());
      const reason = DOUBT_REASONS.find((known) => known === name);
      const waitMs = durationOr({ hold: Number.POSITIVE_INFINITY, send: 0 }).safeParse(rule);
      if (reason === undefined || !waitMs.success) {
        const message = `has an entry that is not like TIME_REPAIRED=24h, hold or send: ${entry}; doubts are ${DOUBT_REASONS.join(', ')}`;
        context.addIssue({ code: 'custom', message });
        return z.NEVER;
      }
      if (waitMs.data !== Number.POSITIVE_INFINITY) waits[reason] = waitMs.data;
    }
    return waits;
  });

/** `30m`, or `AC=30m,DC=5m`: milliseconds by kind of current; what is left out is 0. */
export const maxPeriod = z.string().transform((text, context) => {
  const limits = { ac: 0, dc: 0 };
  const entries = text.includes('=') ? text.split(',') : [`AC=${text}`, `DC=${text}`];
  for (const entry of entries) {
    const [kind, rule = ''] = entry.split('=').map((part) => part.trim());
    const limit = duration.safeParse(rule);
    if ((kind !== 'AC' && kind !== 'DC') || !limit.success) {
      context.addIssue({ code: 'custom', message: 'is neither a duration like 30m nor like AC=30m,DC=5m' });
      return z.NEVER;
    }
    // OCPI times have whole seconds.
    if (limit.data % UNIT_MS.s !== 0) {
      context.addIssue({ code: 'custom', message: 'is not in whole seconds' });
      return z.NEVER;
    }
    limits[kind === 'AC' ? 'ac' : 'dc'] = limit.data;
  }
  return limits;
});

const ROUNDING = /^([A-Z]{3})=([0-4])(?::(half_up|half_even))?$/;

/** `JPY=0,EUR=2:half_even`: how amounts of a currency are rounded. */
export const rounding = z
  .string()
  .default('')
  .transform((text, context) => {
    const found: Record<string, Rounding> = {};
    for (const entry of text === '' ? [] : text.split(',')) {
      const [, currency, decimals, mode = 'half_up'] = ROUNDING.exec(entry.trim()) ?? [];
      if (currency === undefined || (mode !== 'half_up' && mode !== 'half_even')) {
        const message = `has an entry that is not like EUR=2 or EUR=2:half_even, with 0 to 4 decimals: ${entry}`;
        context.addIssue({ code: 'custom', message });
        return z.NEVER;
      }
      found[currency] = { decimals: Number(decimals), mode };
    }
    return found;
  });

/** TCP port; 0 = any free one. */
export const port = z.string().transform((text, context) => {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 65_535) {
    context.addIssue({ code: 'custom', message: 'is no TCP port' });
    return z.NEVER;
  }
  return value;
});

export const count = z.string().transform((text, context) => {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value === 0) {
    context.addIssue({ code: 'custom', message: 'is no whole number above 0' });
    return z.NEVER;
  }
  return value;
});

export const flag = z
  .enum(['true', 'false'], { message: 'is neither true nor false' })
  .transform((text) => text === 'true');

export const text = z.string().min(1, 'is empty');

/** Paths of files, comma separated. */
export const files = z.string().transform((value, context) => {
  const paths = value.split(',').map((path) => path.trim());
  if (paths.includes('')) {
    context.addIssue({ code: 'custom', message: 'has an empty path' });
    return z.NEVER;
  }
  return paths;
});

export const webAddress = z.string().transform((value, context) => {
  if (!/^https?:\/\//.test(value) || !URL.canParse(value)) {
    context.addIssue({ code: 'custom', message: 'is no absolute http(s) URL' });
    return z.NEVER;
  }
  return value.replace(/\/+$/, '');
});

export const tileAddress = webAddress.refine(
  (value) => ['{z}', '{x}', '{y}'].every((part) => value.includes(part)),
  'has no {z}, {x} and {y}',
);

/** OCPI CD-44 */
const MAX_URL_CHARS = 512;
/** A CDR id has up to 39 characters. */
const CDR_ID_CHARS = 39;

export const cdrAddress = webAddress
  .refine((value) => value.includes('{cdr_id}'), 'has no {cdr_id}')
  .refine((value) => value.length + CDR_ID_CHARS <= MAX_URL_CHARS, 'is longer than a CDR can carry');

/** `DE*RBG` or a comma separated list of such. */
export const parties = z.string().transform((value, context) => {
  const found = value.split(',').map((entry) => entry.trim().toUpperCase());
  for (const entry of found) {
    if (!/^[A-Z]{2}\*[A-Z0-9]{3}$/.test(entry)) {
      context.addIssue({
        code: 'custom',
        message: `has ${entry || 'an empty entry'}, which is no party like DE*RBG`,
      });
      return z.NEVER;
    }
  }
  if (new Set(found).size !== found.length) {
    context.addIssue({ code: 'custom', message: 'names a party twice' });
    return z.NEVER;
  }
  return found.map((entry) => ({ country_code: entry.slice(0, 2), party_id: entry.slice(3) }));
});

const ROLES = ['ocpp', 'ocpi', 'delivery', 'operator'];

/** `all`, or every part of the gateway by its name. */
export const roles = z.string().transform((value, context) => {
  const named = value === 'all' ? ROLES : value.split(',').map((part) => part.trim());
  const unknown = named.find((part) => !ROLES.includes(part));
  const problem =
    unknown === undefined
      ? 'leaves parts out: parts of the gateway on their own are not available in this release'
      : `has ${unknown || 'an empty entry'}; parts are ${ROLES.join(', ')}`;
  if (unknown !== undefined || !ROLES.every((part) => named.includes(part))) {
    context.addIssue({ code: 'custom', message: problem });
    return z.NEVER;
  }
  return named;
});

export const postgresAddress = z
  .string()
  .refine((value) => /^postgres(ql)?:\/\//.test(value) && URL.canParse(value), {
    message: 'is no URL like postgres://user:password@host:5432/database',
  });

/** 32 bytes in Base64. */
export const key = z.string().transform((value, context) => {
  const bytes = Buffer.from(value, 'base64');
  if (bytes.length !== 32) {
    context.addIssue({ code: 'custom', message: 'is not 32 bytes in Base64' });
    return z.NEVER;
  }
  return new Uint8Array(bytes);
});
