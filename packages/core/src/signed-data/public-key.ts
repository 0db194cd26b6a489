import { createPublicKey, type KeyObject } from 'node:crypto';

/** How the white paper on signed meter values wraps a key, before Base64. */
const WRAPPED = /^oca:(base16|base64):(asn1|raw):(.+)$/s;

/** Object identifiers of the curves that meters sign with, as DER. */
const CURVE_IDS = new Map([
  ['prime192v1', '06082a8648ce3d030101'],
  ['secp192k1', '06052b8104001f'],
  ['prime256v1', '06082a8648ce3d030107'],
  ['secp256k1', '06052b8104000a'],
  ['secp384r1', '06052b81040022'],
  ['secp521r1', '06052b81040023'],
  ['brainpoolP256r1', '06092b2403030208010107'],
  ['brainpoolP384r1', '06092b240303020801010b'],
]);
const EC_PUBLIC_KEY = '06072a8648ce3d0201';

/** The key as it is printed on the meter: a wrapped one without its wrapping, any other one as it came (D3-023). */
export function printedKey(key: string): string {
  const text = key.trim();
  const unwrapped = WRAPPED.exec(text) ?? WRAPPED.exec(Buffer.from(text, 'base64').toString('utf8').trim());
  return unwrapped?.[3] ?? text;
}

/**
 * A meter's public key in the forms in which it is written: hexadecimal or Base64 of the DER structure, or of the bare
 * point of the curve. Undefined for what is none of these.
 */
export function readPublicKey(key: string, curve: string): KeyObject | undefined {
  for (const bytes of decodings(printedKey(key))) {
    const der = bytes[0] === 0x30 ? bytes : structureOf(bytes, curve);
    if (der === undefined) continue;
    try {
      return createPublicKey({ key: der, format: 'der', type: 'spki' });
    } catch {
      // Not this decoding.
    }
  }
  return undefined;
}

function decodings(text: string): Buffer[] {
  const compact = text.replace(/[\s:]/g, '');
  const hex = /^(?:[0-9a-fA-F]{2})+$/.test(compact) ? [Buffer.from(compact, 'hex')] : [];
  const base64 = /^[A-Za-z0-9+/]+=*$/.test(compact) ? [Buffer.from(compact, 'base64')] : [];
  return [...hex, ...base64];
}

/** DER structure around the bare point, with or without the octet that says "uncompressed". */
function structureOf(point: Buffer, curve: string): Buffer | undefined {
  const curveId = CURVE_IDS.get(curve);
  if (curveId === undefined || point.length === 0) return undefined;
  const full = point.length % 2 === 0 ? Buffer.concat([Buffer.from([4]), point]) : point;
  const algorithm = der(
    0x30,
    Buffer.concat([Buffer.from(EC_PUBLIC_KEY, 'hex'), Buffer.from(curveId, 'hex')]),
  );
  return der(0x30, Buffer.concat([algorithm, der(0x03, Buffer.concat([Buffer.from([0]), full]))]));
}

function der(tag: number, content: Buffer): Buffer {
  const length =
    content.length < 0x80 ? [content.length] : content.length < 0x100 ? [0x81, content.length] : undefined;
  if (length === undefined) throw new Error('longer than any key');
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}
