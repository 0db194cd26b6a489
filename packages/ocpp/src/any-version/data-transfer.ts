import type { Route } from '../routing.js';
import { need, readText } from '../validation/read.js';

/** DataTransfer: no vendor is registered, so each is unknown; the answer carries no data (B-009). */
export const dataTransfer: Route = {
  messageClass: 'plain',
  repeatable: true,
  async answer(payload, call) {
    need(readText(payload, 'vendorId', call), payload, 'vendorId');
    await call.edge.journal(call.frame);
    return { status: 'UnknownVendorId' };
  },
};
