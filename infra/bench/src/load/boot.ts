import type { OcppProtocol } from './messages.js';

const BOOT = {
  'ocpp1.6':
    '{"chargePointVendor":"Bench","chargePointModel":"B1","firmwareVersion":"1.0","meterSerialNumber":"M1"}',
  'ocpp2.0.1':
    '{"reason":"PowerUp","chargingStation":{"vendorName":"Bench","model":"B2","firmwareVersion":"1.0"}}',
} as const satisfies Record<OcppProtocol, string>;

/** BootNotification of a station; `id` is its message id. */
export function bootText(protocol: OcppProtocol, id: string): string {
  return `[2,"${id}","BootNotification",${BOOT[protocol]}]`;
}
