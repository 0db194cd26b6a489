import type { Partner, TokenPage } from '@roambridge/core';
import type { PartyId, Token } from '@roambridge/domain';
import { OcpiRefusal } from '../errors.js';
import type { VersionAdapter } from '../versions/adapter.js';
import type { HttpOutcome } from './http-client.js';
import { readData } from './peer-answer.js';

/** The owner of 2.1.1 tokens: the party of the connection. // OCPI MP-11 */
function ownerOf(partner: Partner): PartyId | undefined {
  return partner.roles.find(({ role }) => role === 'EMSP') ?? partner.roles[0];
}

/** One page of a partner's token list (OCPI TO-06). A token that cannot be read costs only itself. */
export function readTokenPage(
  adapter: VersionAdapter,
  partner: Partner,
  url: string,
  answer: HttpOutcome,
): TokenPage {
  const read = readData(answer);
  if ('failure' in read) {
    return { kind: 'unreachable', detail: read.failure };
  }
  const owner = ownerOf(partner);
  if (!Array.isArray(read.data) || owner === undefined) {
    return { kind: 'unreachable', detail: 'data is not a list of tokens' };
  }
  const tokens = read.data.flatMap((body) => tokenOf(adapter, body, owner) ?? []);
  const next = answer.kind === 'response' ? nextPage(url, answer.header('link')) : undefined;
  return {
    kind: 'page',
    tokens,
    unreadable: read.data.length - tokens.length,
    ...(next === undefined ? {} : { next }),
  };
}

function tokenOf(adapter: VersionAdapter, body: unknown, owner: PartyId): Token | undefined {
  try {
    return adapter.token.fromWire(body, owner);
  } catch (error) {
    if (error instanceof OcpiRefusal) return undefined;
    throw error;
  }
}

/** The next page by the Link header, on the same host only: the token goes nowhere else. // OCPI PG-09 */
export function nextPage(url: string, link: string | undefined): string | undefined {
  const [, target] = /<([^>]*)>\s*;[^,]*\brel\s*=\s*"?next"?/i.exec(link ?? '') ?? [];
  if (target === undefined || !URL.canParse(target, url)) return undefined;
  const next = new URL(target, url);
  return next.host === new URL(url).host && next.toString() !== url ? next.toString() : undefined;
}
