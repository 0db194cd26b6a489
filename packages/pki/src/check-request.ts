import { Pkcs10CertificateRequest } from '@peculiar/x509';
import type { CertificateApplicant, CsrVerdict } from '@roambridge/core';

/** Least strength of keys (security whitepaper, A00.FR.505 ff.): RSA 2048 bit, elliptic curves 256 bit. */
const RSA_MIN_BITS = 2_048;
const CURVES: ReadonlySet<string> = new Set(['P-256', 'P-384', 'P-521']);

/** B-012: the request is sound, its key is strong enough and its subject is the charger's own. */
export async function checkRequest(csr: string, applicant: CertificateApplicant): Promise<CsrVerdict> {
  let request: Pkcs10CertificateRequest;
  try {
    request = new Pkcs10CertificateRequest(csr);
    if (!(await request.verify())) return refused('it is not signed by its own key');
  } catch {
    return refused('it is no certificate request');
  }
  const weakness = await weaknessOf(request);
  if (weakness !== undefined) return refused(weakness);
  const names = request.subjectName.getField('CN');
  const own = [applicant.stationId, applicant.serialNumber].map((name) => name?.toLowerCase());
  if (names.length !== 1 || !own.includes(names[0]?.toLowerCase())) {
    return refused('its common name is neither the identity nor the serial number of the station');
  }
  return { kind: 'accepted' };
}

async function weaknessOf(request: Pkcs10CertificateRequest): Promise<string | undefined> {
  const { algorithm } = await request.publicKey.export();
  if ('namedCurve' in algorithm) {
    return CURVES.has(String(algorithm.namedCurve)) ? undefined : 'its curve is not one of those allowed';
  }
  if ('modulusLength' in algorithm) {
    return Number(algorithm.modulusLength) >= RSA_MIN_BITS ? undefined : 'its RSA key is too short';
  }
  return 'its key is of a kind that is not allowed';
}

function refused(reason: string): CsrVerdict {
  return { kind: 'refused', reason };
}
