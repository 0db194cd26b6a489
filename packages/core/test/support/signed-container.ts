import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** A meter that signs: its key pair, and its public key as DER in hexadecimal. */
export interface TestMeter {
  privateKey: KeyObject;
  publicKey: string;
  curve: string;
}

export function testMeter(curve = 'prime256v1'): TestMeter {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: curve });
  return { privateKey, curve, publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('hex') };
}

export interface Reading {
  mark: string;
  kwh: number;
  /** `2026-03-01T10:00:00,000+0000 S`. */
  time?: string;
  obis?: string;
}

/** An OCMF container with these readings. */
export function ocmf(meter: TestMeter, readings: readonly Reading[], algorithm?: string): string {
  const payload = JSON.stringify({
    FV: '1.0',
    GS: '17619300',
    PG: 'T32',
    MS: 'M-1',
    RD: readings.map(({ mark, kwh, time, obis }) => ({
      TM: time ?? '2026-03-01T10:00:00,000+0000 S',
      TX: mark,
      RV: kwh,
      RI: obis ?? '1-b:1.8.0',
      RU: 'kWh',
      ST: 'G',
    })),
  });
  const signature = sign('sha256', Buffer.from(payload), meter.privateKey).toString('hex');
  return `OCMF|${payload}|${JSON.stringify({ ...(algorithm ? { SA: algorithm } : {}), SD: signature })}`;
}

/** An XML container with the EDL layout: the value is in tenths of a Wh. */
export function edl(meter: TestMeter, deciWh: number): string {
  const message = Buffer.alloc(320);
  Buffer.from('09014553591103956940', 'hex').copy(message, 0);
  message.writeUInt32LE(Date.parse('2026-03-01T11:00:00Z') / 1000, 10);
  Buffer.from('0100011100ff', 'hex').copy(message, 23);
  message.writeUInt8(30, 29);
  message.writeInt8(-1, 30);
  message.writeBigUInt64LE(BigInt(deciWh), 31);
  message.write('04A1B2C3D4E5F6', 41);
  const signature = sign('sha256', message, { key: meter.privateKey, dsaEncoding: 'ieee-p1363' });
  const point = Buffer.from(meter.publicKey, 'hex').subarray(-48);
  return [
    '<?xml version="1.0" encoding="UTF-8" ?><signedMeterValue>',
    `  <publicKey encoding="base64">${point.toString('base64')}</publicKey>`,
    `  <meterValueSignature encoding="base64">${Buffer.concat([signature, Buffer.from([0, 0x81])]).toString('base64')}</meterValueSignature>`,
    '  <signatureMethod>ECDSA192SHA256</signatureMethod>',
    '  <encodingMethod>EDL</encodingMethod>',
    `  <encodedMeterValue encoding="base64">${message.toString('base64')}</encodedMeterValue>`,
    '</signedMeterValue>',
  ].join('');
}
