import type { WireCall } from '../protocol.js';

/** What TriggerMessage asks for by another name than that of the message. */
const MESSAGES: ReadonlyMap<unknown, string> = new Map([
  ['SignChargingStationCertificate', 'SignCertificate'],
  ['SignCombinedCertificate', 'SignCertificate'],
  ['SignV2GCertificate', 'SignCertificate'],
]);

/** The action that a TriggerMessage asks for (B02.FR.09). */
export function triggeredBy({ action, payload }: WireCall): string | undefined {
  if (action !== 'TriggerMessage') return undefined;
  const { requestedMessage } = payload;
  if (typeof requestedMessage !== 'string') return undefined;
  return MESSAGES.get(requestedMessage) ?? requestedMessage;
}
