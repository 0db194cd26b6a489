import type { Route } from '../routing.js';
import { readContract } from './contract-proof.js';
import { needIdToken } from './id-token.js';
import { idTokenInfo } from './id-token-info.js';

/** Authorize (C-030). */
export const authorize: Route = {
  messageClass: 'plain',
  waitsForOthers: true,
  repeatable: true,
  async answer(payload, call) {
    const idToken = needIdToken(payload, call);
    const contract = readContract(payload, call);
    const request = { idToken, ...(contract === undefined ? {} : { contract }) };
    const decision = await call.edge.authorize(call.stationId, request, call.frame);
    return {
      idTokenInfo: idTokenInfo(decision),
      // C07.FR.13: only where certificates were shown.
      ...(decision.certificateStatus === undefined ? {} : { certificateStatus: decision.certificateStatus }),
    };
  },
};
