import type { CertificateHash } from '@roambridge/core';
import { TAG, writeDer } from './der.js';

/** Object identifiers of the hash algorithms, DER content. */
const OID = {
  SHA256: Buffer.from('608648016503040201', 'hex'),
  SHA384: Buffer.from('608648016503040202', 'hex'),
  SHA512: Buffer.from('608648016503040203', 'hex'),
} satisfies Record<CertificateHash['algorithm'], Buffer>;

/** A positive integer of hex digits as DER content. */
export function integerContent(hex: string): Buffer {
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  const bytes = Buffer.from(even, 'hex');
  let from = 0;
  while (from < bytes.length - 1 && bytes[from] === 0) from += 1;
  const plain = bytes.subarray(from);
  return (plain[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), plain]) : plain;
}

/** CertID of RFC 6960, without its outer sequence. */
function certId(hash: CertificateHash): Buffer[] {
  return [
    writeDer(TAG.sequence, writeDer(TAG.oid, OID[hash.algorithm]), writeDer(TAG.null)),
    writeDer(TAG.octetString, Buffer.from(hash.issuerNameHash, 'hex')),
    writeDer(TAG.octetString, Buffer.from(hash.issuerKeyHash, 'hex')),
    writeDer(TAG.integer, integerContent(hash.serialNumber)),
  ];
}

/** OCSPRequest for one certificate (RFC 6960 4.1.1). */
export function ocspRequest(hash: CertificateHash): Buffer {
  const request = writeDer(TAG.sequence, writeDer(TAG.sequence, ...certId(hash)));
  return writeDer(TAG.sequence, writeDer(TAG.sequence, writeDer(TAG.sequence, request)));
}
