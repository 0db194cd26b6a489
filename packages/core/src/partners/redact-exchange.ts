import { merged } from '@roambridge/domain';
import type { ExchangeRecord, RawExchange } from '../model/exchange.js';
import type { Partner } from '../model/partner.js';

/** Characters that are kept of a body of an exchange that went well, and of one that did not. */
const KEPT_OF_SUCCESS = 2_048;
const KEPT_OF_FAILURE = 8_192;
/** The status code of an answer that is longer is looked for at its end only. */
const SEARCHED_CHARS = 65_536;
const TAIL_CHARS = 512;
const MASK = '***';

const STATUS_CODE = /"status_code"\s*:\s*(\d{4})\b/;
/** A token of credentials is a text; the token of a command is an object. */
const TOKEN_MEMBER = /("token"\s*:\s*")(?:[^"\\]|\\.)*"?/g;
const SECRET_PARAMETER = /([?&;](?:[\w-]*(?:token|key|secret|sig|signature|auth|password))=)[^&;#]*/gi;

/** What is kept while an exchange waits to be written: the bodies are cut, so that large ones are not held. */
export function shortened(raw: RawExchange): Omit<ExchangeRecord, 'partnerId'> {
  const statusCode = statusCodeOf(raw.responseBody);
  const failed = raw.httpStatus === null || raw.httpStatus >= 300 || (statusCode ?? 2000) >= 2000;
  const kept = failed ? KEPT_OF_FAILURE : KEPT_OF_SUCCESS;
  return {
    statusCode,
    ...raw,
    requestBody: cut(raw.requestBody, kept),
    responseBody: cut(raw.responseBody, kept),
  };
}

function statusCodeOf(body: string | null): number | null {
  if (body === null) return null;
  const text = body.length > SEARCHED_CHARS ? body.slice(-TAIL_CHARS) : body;
  const [, code] = STATUS_CODE.exec(text) ?? [];
  return code === undefined ? null : Number(code);
}

function cut(text: string | null, kept: number): string | null {
  if (text === null || text.length <= kept) return text;
  // A copy: a mere slice would hold the whole text in memory.
  return `${Buffer.from(text.slice(0, kept), 'utf8').toString('utf8')}…`;
}

/** The record without secrets: credentials tokens, whatever their form, and parameters that look like a secret. */
export function redacted(partner: Partner, record: Omit<ExchangeRecord, 'partnerId'>): ExchangeRecord {
  const secrets = secretsOf(partner);
  const clean = (text: string | null) => (text === null ? null : without(secrets, text));
  return merged(record, {
    partnerId: partner.id,
    url: without(
      secrets,
      record.url.includes('=') ? record.url.replace(SECRET_PARAMETER, `$1${MASK}`) : record.url,
    ),
    requestBody: clean(record.requestBody),
    responseBody: clean(record.responseBody),
    error: clean(record.error),
  });
}

/** A partner changes seldom, and has many exchanges; a changed partner is another object. */
const knownSecrets = new WeakMap<Partner, string[]>();

function secretsOf(partner: Partner): string[] {
  const known = knownSecrets.get(partner);
  if (known) return known;
  const { inboundToken, outboundToken, nextInboundToken, previousInboundToken } = partner;
  const tokens = [inboundToken, outboundToken, nextInboundToken, previousInboundToken].filter(
    (token) => token !== undefined,
  );
  const secrets = tokens.flatMap((token) => [token, Buffer.from(token, 'utf8').toString('base64')]);
  knownSecrets.set(partner, secrets);
  return secrets;
}

function without(secrets: readonly string[], text: string): string {
  let clean = text.includes('"token"') ? text.replace(TOKEN_MEMBER, `$1${MASK}"`) : text;
  for (const secret of secrets) if (clean.includes(secret)) clean = clean.replaceAll(secret, MASK);
  return clean;
}
