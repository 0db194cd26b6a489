import type { Route } from '../routing.js';
import { needIdToken } from './id-token.js';
import { idTokenInfo } from './id-token-info.js';

/** Authorize (C-030). */
export const authorize: Route = {
  messageClass: 'plain',
  repeatable: true,
  async answer(payload, call) {
    const idToken = needIdToken(payload, call);
    return { idTokenInfo: idTokenInfo(await call.edge.authorize(call.stationId, { idToken }, call.frame)) };
  },
};
