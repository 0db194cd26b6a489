import type { SecureContextOptions } from 'node:tls';
import { CIPHERS, type TlsMaterial } from './material.js';
import { type KeyedChain, pairCertificates } from './pair-certificates.js';

/** Options of the listener and the certificates that it shows. Throws an Error for material that cannot be used. */
export function secureContext(material: TlsMaterial): {
  options: SecureContextOptions;
  certificates: KeyedChain[];
} {
  const certificates = pairCertificates(material.certificates, material.keys);
  const { clientCa, clientCrl } = material;
  return {
    certificates,
    options: {
      cert: certificates.map(({ chain }) => chain),
      key: certificates.map(({ key }) => key),
      ciphers: CIPHERS,
      honorCipherOrder: true,
      minVersion: 'TLSv1.2',
      ...(clientCa === undefined ? {} : { ca: clientCa }),
      ...(clientCrl === undefined ? {} : { crl: clientCrl }),
    },
  };
}
