/** A message whose meaning vendor and operator agreed upon. */
export interface VendorMessage {
  vendorId: string;
  messageId?: string;
  data?: unknown;
}

/** `data` only where the message was accepted or rejected by who knows it (B-009). */
export interface VendorAnswer {
  status: 'Accepted' | 'Rejected' | 'UnknownMessageId' | 'UnknownVendorId';
  data?: unknown;
}

/** What is done with the messages of one vendor, by message id; the empty id = messages without one. */
export interface VendorPlugin {
  vendorId: string;
  messages: Readonly<
    Record<string, (stationId: string, data: unknown) => Promise<VendorAnswer> | VendorAnswer>
  >;
}
