import type { StationAggregate } from '../aggregate.js';

/**
 * Why the serial number of a BootNotification does not go with the client certificate (A-042, B01.FR.11); undefined when it
 * does, or when nothing ties the two.
 */
export function serialMismatch(
  { station, connection }: Pick<StationAggregate, 'station' | 'connection'>,
  serialNumber: string | undefined,
): string | undefined {
  const commonName = connection?.certificate?.commonName;
  const binding = station.cnBinding ?? 'either';
  if (commonName === undefined || binding === 'identity') return undefined;
  if (serialNumber === commonName) return undefined;
  if (binding === 'either' && (commonName === station.id || serialNumber === undefined)) return undefined;
  return `serial number ${JSON.stringify(serialNumber ?? '')} is not the CN of the client certificate`;
}
