import type { Log } from './ports/log.js';
import type { VendorAnswer, VendorMessage, VendorPlugin } from './ports/vendor-messages.js';

/** Finds who answers a vendor's message (B-009). */
export interface VendorMessages {
  answer(stationId: string, message: VendorMessage): Promise<VendorAnswer>;
}

export function createVendorMessages({
  plugins,
  log,
}: {
  plugins: readonly VendorPlugin[];
  log: Log;
}): VendorMessages {
  const vendors = new Map(
    plugins.map((plugin) => [plugin.vendorId, new Map(Object.entries(plugin.messages))]),
  );
  return {
    async answer(stationId, { vendorId, messageId = '', data }) {
      const messages = vendors.get(vendorId);
      if (!messages) return { status: 'UnknownVendorId' };
      const handle = messages.get(messageId);
      if (!handle) return { status: 'UnknownMessageId' };
      try {
        return await handle(stationId, data);
      } catch (error) {
        log.error(
          { err: error, station: stationId, vendorId, messageId },
          'message of a vendor not dealt with',
        );
        return { status: 'Rejected' };
      }
    },
  };
}
