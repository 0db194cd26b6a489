import type { PresentedCertificate } from '../../edges/charger-edge.js';
import type { Station } from '../../model/station.js';

export type CertificateVerdict =
  | { kind: 'fits' }
  /** It is the station's, but its time is over. */
  | { kind: 'expired' }
  | { kind: 'refused'; reason: string };

/**
 * Whether a client certificate proves that the charger is this station (A-040..A-043). Names are compared exactly:
 * a part of a name is another name (S24). `serialNumber` = what the station last called itself in a BootNotification.
 */
export function judgeCertificate(
  station: Station,
  certificate: PresentedCertificate | undefined,
  world: { now: number; organization: string; serialNumber: string | undefined },
): CertificateVerdict {
  if (!certificate) return refused('no client certificate');
  const { fault, organization, commonName, validFrom, validTo } = certificate;
  if (fault !== undefined) return refused(`client certificate: ${fault}`);
  // A00.FR.404
  if (organization !== world.organization) {
    return refused(`client certificate: O is ${shown(organization)}, not ${shown(world.organization)}`);
  }
  const names = expectedNames(station, world.serialNumber);
  // A00.FR.405
  if (commonName === undefined || !names.includes(commonName)) {
    return refused(`client certificate: CN is ${shown(commonName)}, not ${names.map(shown).join(' or ')}`);
  }
  if (validFrom > world.now) return refused('client certificate: not yet valid');
  const newest = station.certificate;
  if (newest && validFrom < newest.validFrom && newest.olderUntil <= world.now) {
    return refused('client certificate: replaced by a newer one');
  }
  if (validTo > world.now) return { kind: 'fits' };
  return station.allowExpiredCertificate ? { kind: 'expired' } : refused('client certificate: expired');
}

/** CNs that are the station's (A-042 `cn_binding`). */
function expectedNames(station: Station, serialNumber: string | undefined): string[] {
  if (station.certificateCn !== undefined) return [station.certificateCn];
  const serial = serialNumber === undefined || serialNumber === '' ? [] : [serialNumber];
  switch (station.cnBinding ?? 'either') {
    case 'identity':
      return [station.id];
    case 'serial':
      return serial;
    case 'either':
      return [station.id, ...serial];
  }
}

function refused(reason: string): CertificateVerdict {
  return { kind: 'refused', reason };
}

function shown(name: string | undefined): string {
  return name === undefined ? 'missing' : JSON.stringify(name);
}
