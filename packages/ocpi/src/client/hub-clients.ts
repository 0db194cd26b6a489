import type { HubClient, HubClientPage } from '@roambridge/core';
import { CLIENT_INFO } from '../wire/client-info.js';
import { withoutNulls } from '../wire/schema.js';
import type { HttpOutcome } from './http-client.js';
import { readData } from './peer-answer.js';
import { nextPage } from './token-pages.js';

/** One page of the parties behind a hub (OCPI HU-05); one that cannot be read costs only itself. */
export function readHubClients(url: string, answer: HttpOutcome): HubClientPage {
  const read = readData(answer);
  if ('failure' in read) return { kind: 'unreachable', detail: read.failure };
  if (!Array.isArray(read.data)) return { kind: 'unreachable', detail: 'data is not a list of parties' };
  const clients = read.data.flatMap((body): HubClient[] => {
    const parsed = CLIENT_INFO.safeParse(withoutNulls(body));
    return parsed.success ? [parsed.data] : [];
  });
  const following = nextPage(url, answer.kind === 'response' ? answer.header('link') : undefined);
  if ('failure' in following) return { kind: 'unreachable', detail: following.failure };
  return { kind: 'page', clients, ...following };
}
