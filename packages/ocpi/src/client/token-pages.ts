import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Partner, TokenPage } from '@roambridge/core';
import type { PartyId, Token } from '@roambridge/domain';
import { OcpiRefusal } from '../errors.js';
import type { VersionAdapter } from '../versions/adapter.js';
import type { HttpOutcome } from './http-client.js';
import { readData } from './peer-answer.js';

/** Tokens that are read in one turn of the event loop: a page may have tens of thousands. */
const TOKENS_PER_TURN = 200;

/** The owner of 2.1.1 tokens: the party of the connection. // OCPI MP-11 */
function ownerOf(partner: Partner): PartyId | undefined {
  return partner.roles.find(({ role }) => role === 'EMSP') ?? partner.roles[0];
}

/** One page of a partner's token list (OCPI TO-06). A token that cannot be read costs only itself. */
export async function readTokenPage(
  adapter: VersionAdapter,
  partner: Partner,
  url: string,
  answer: HttpOutcome,
): Promise<TokenPage> {
  const read = readData(answer);
  if ('failure' in read) {
    return { kind: 'unreachable', detail: read.failure };
  }
  const owner = ownerOf(partner);
  if (!Array.isArray(read.data) || owner === undefined) {
    return { kind: 'unreachable', detail: 'data is not a list of tokens' };
  }
  const header = (name: string) => (answer.kind === 'response' ? answer.header(name) : undefined);
  const following = nextPage(url, header('link'));
  if ('failure' in following) return { kind: 'unreachable', detail: following.failure };
  const tokens: Token[] = [];
  for (let at = 0; at < read.data.length; at += TOKENS_PER_TURN) {
    if (at > 0) await nextTurn();
    tokens.push(
      ...read.data.slice(at, at + TOKENS_PER_TURN).flatMap((body) => tokenOf(adapter, body, owner) ?? []),
    );
  }
  const total = header('x-total-count');
  return {
    kind: 'page',
    tokens,
    unreadable: read.data.length - tokens.length,
    ...(total !== undefined && /^\d{1,10}$/.test(total) ? { total: Number(total) } : {}),
    ...following,
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

/**
 * The next page by the Link header; neither = the list ends here. Only the same origin is asked, the token goes nowhere
 * else; and a Link that leads nowhere is not the end of a list: what follows would be taken for missing. // OCPI PG-09, PG-13
 */
export function nextPage(url: string, link: string | undefined): { next?: string } | { failure: string } {
  const [, target] = /<([^>]*)>\s*;[^,]*\brel\s*=\s*"?next"?/i.exec(link ?? '') ?? [];
  if (target === undefined) return {};
  if (!URL.canParse(target, url)) return { failure: 'the Link to its next page is no URL' };
  const next = new URL(target, url);
  if (next.origin !== new URL(url).origin)
    return { failure: 'the Link to its next page leads to another host' };
  return { next: next.toString() };
}
