import type { Route } from '../routing.js';
import { need, readInteger } from '../validation/read.js';
import { readIdTag } from './id-tag.js';
import { idTagInfo } from './id-tag-info.js';
import { placeOf } from './place.js';

/** Authorize (B-004). A connectorId, which some chargers add, says where the driver stands. */
export const authorize: Route = {
  messageClass: 'plain',
  waitsForOthers: true,
  repeatable: true,
  async answer(payload, call) {
    const idToken = need(readIdTag(payload, call), payload, 'idTag');
    const connectorId = readInteger(payload, 'connectorId', call) ?? 0;
    const { evseId } = placeOf(call.edge.reading(call.stationId), connectorId);
    const request = { idToken, ...(connectorId > 0 ? { evseId } : {}) };
    return { idTagInfo: idTagInfo(await call.edge.authorize(call.stationId, request, call.frame)) };
  },
};
