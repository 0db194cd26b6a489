import type { DeviceVariable } from '@roambridge/core';
import type { EpochMs } from '@roambridge/domain';
import { isWireObject, type WireObject } from '../wire.js';

/** `MeterPublicKey1` is the key of connector 1 (white paper on signed meter values, 3.3). */
const METER_KEY = /^MeterPublicKey\[?(\d{1,4})?\]?$/i;

export function meterKeyNames(connectorIds: readonly number[]): string[] {
  return connectorIds.map((connectorId) => `MeterPublicKey${connectorId}`);
}

/** The meter keys in an answer to GetConfiguration, as OCPP 2.x has them in its device model (D3-023). */
export function readMeterKeys(
  action: string,
  _request: WireObject,
  { configurationKey }: WireObject,
  at: EpochMs,
): DeviceVariable[] {
  if (action !== 'GetConfiguration' || !Array.isArray(configurationKey)) return [];
  return configurationKey.filter(isWireObject).flatMap(({ key, value }) => {
    const match = typeof key === 'string' ? METER_KEY.exec(key) : null;
    if (!match || typeof value !== 'string' || value === '') return [];
    const connector = match[1];
    return [
      {
        component: {
          name: 'FiscalMetering',
          ...(connector === undefined ? {} : { evseId: Number(connector) }),
        },
        variable: { name: 'PublicKey' },
        attributes: [{ type: 'Actual' as const, value, at }],
      },
    ];
  });
}
