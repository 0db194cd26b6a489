import type { ReadContainer } from './container.js';

/**
 * The XML container of a signed meter value, `signedMeterValue` with `encodedMeterValue`, `meterValueSignature` and
 * `publicKey`. The encoded value is the EDL layout of 320 bytes; numbers are little-endian, except the OBIS code.
 */
const LAYOUT = {
  length: 320,
  time: 10,
  obis: 23,
  unit: 29,
  scaler: 30,
  value: 31,
} as const;

const OBIS_BYTES = 6;
const SIGNATURE_BYTES = 48;
/** DLMS code of Wh. */
const UNIT_WH = 30;
/** A scaler outside of this range is not the exponent of an energy register. */
const MAX_EXPONENT = 6;

/** Name under which transparency software knows the encoding (CD-45). */
const ENCODING_METHOD = 'EDL40 E-Mobility Extension';

export function isEdlXml(text: string): boolean {
  return /<signedMeterValue[\s>]/.test(text) && element(text, 'encodingMethod')?.text.trim() === 'EDL';
}

/** @throws for a container that does not keep to the layout. */
export function readEdl(text: string): ReadContainer {
  const message = bytesOf(text, 'encodedMeterValue');
  const signature = bytesOf(text, 'meterValueSignature');
  if (message?.length !== LAYOUT.length || signature === undefined) throw new Error('not the EDL layout');
  // Two bytes of the meter's log book follow the signature.
  if (signature.length < SIGNATURE_BYTES) throw new Error('signature too short');
  const exponent = message.readInt8(LAYOUT.scaler);
  if (message.readUInt8(LAYOUT.unit) !== UNIT_WH || Math.abs(exponent) > MAX_EXPONENT) {
    throw new Error('not an energy register in Wh');
  }
  const value = Number(message.readBigUInt64LE(LAYOUT.value));
  const wh = exponent < 0 ? value / 10 ** -exponent : value * 10 ** exponent;
  const [a, b, c, d, e, f] = message.subarray(LAYOUT.obis, LAYOUT.obis + OBIS_BYTES);
  const register = `${a}-${b}:${c}.${d}.${e}*${f}`;
  // The meter's clock shows local time and does not say which.
  const localTime = new Date(message.readUInt32LE(LAYOUT.time) * 1000).toISOString().slice(0, 19);
  const publicKey = bytesOf(text, 'publicKey');
  return {
    encodingMethod: ENCODING_METHOD,
    plainData: JSON.stringify({ obis: register, value: wh, unit: 'Wh', local_time: localTime }),
    registers: [{ register, wh: Math.round(wh * 1000) / 1000, synchronised: false }],
    signature: {
      message,
      curve: 'prime192v1',
      hash: 'sha256',
      encoding: 'ieee-p1363',
      signature: signature.subarray(0, SIGNATURE_BYTES),
    },
    ...(publicKey === undefined ? {} : { publicKey: publicKey.toString('hex') }),
  };
}

function bytesOf(text: string, name: string): Buffer | undefined {
  const found = element(text, name);
  if (found === undefined) return undefined;
  const compact = found.text.replace(/\s/g, '');
  return Buffer.from(compact, found.encoding === 'base64' ? 'base64' : 'hex');
}

/** An element that holds text only, as all of this container do. */
function element(text: string, name: string): { text: string; encoding: string | undefined } | undefined {
  const found = new RegExp(`<${name}(\\s[^<>]*)?>([^<]*)</${name}\\s*>`).exec(text);
  if (!found) return undefined;
  const encoding = /encoding\s*=\s*["']([^"']*)["']/.exec(found[1] ?? '')?.[1];
  return { text: found[2] ?? '', encoding };
}
