import type { Route } from '../routing.js';
import { need, readText } from '../validation/read.js';

/** DataTransfer: whoever registered for the vendor answers; no data goes with an unknown one (B-009, P01). */
export const dataTransfer: Route = {
  messageClass: 'plain',
  repeatable: true,
  async answer(payload, call) {
    const vendorId = need(readText(payload, 'vendorId', call), payload, 'vendorId');
    const messageId = readText(payload, 'messageId', call);
    const { status, data } = await call.edge.transferData(
      call.stationId,
      { vendorId, ...(messageId === undefined ? {} : { messageId }), data: payload.data },
      call.frame,
    );
    const told = data !== undefined && (status === 'Accepted' || status === 'Rejected');
    return { status, ...(told ? { data } : {}) };
  },
};
