import { describe, expect, test } from '@jest/globals';
import { foldEvent, newTransaction, type SignedMeterValue, type Transaction } from '@roambridge/domain';
import { applySignedData } from '../src/signed-data/apply-signed-data.js';
import { printedKey } from '../src/signed-data/public-key.js';
import { readContainer } from '../src/signed-data/read-container.js';
import { verifySignature } from '../src/signed-data/verify.js';
import { edl, ocmf, type TestMeter, testMeter } from './support/signed-container.js';

const T0 = Date.parse('2026-03-01T10:00:00Z');
const HOUR = 3_600_000;

const inText = (data: string): SignedMeterValue => ({ data, form: 'text' });
const inBase64 = (text: string, publicKey?: string): SignedMeterValue => ({
  data: Buffer.from(text).toString('base64'),
  form: 'base64',
  encodingMethod: 'OCMF',
  ...(publicKey === undefined ? {} : { publicKey }),
});

/** One hour, 1000 Wh by the unsigned registers, with these containers by context. */
function ended(containers: [context: string, value: SignedMeterValue][]): Transaction {
  const event = { ocppTransactionId: '1', receivedAt: T0, offline: false, evseId: 1 };
  const started = { ...event, eventType: 'Started' as const, at: T0, meterStartWh: 5_000, meterValues: [] };
  const identity = { id: 't', stationId: 's', ocppTransactionId: '1' };
  return foldEvent(foldEvent(newTransaction(identity, started), started), {
    ...event,
    eventType: 'Ended',
    at: T0 + HOUR,
    meterStopWh: 6_000,
    meterValues: containers.map(([context, signed]) => ({
      at: context === 'Transaction.Begin' ? T0 : T0 + HOUR,
      sampledValues: [{ value: '', format: 'SignedData', context, signed }],
    })),
  });
}

function pair(meter: TestMeter, kwh = 1): [string, SignedMeterValue][] {
  return [
    ['Transaction.Begin', inBase64(ocmf(meter, [{ mark: 'B', kwh: 5 }]), meter.publicKey)],
    ['Transaction.End', inBase64(ocmf(meter, [{ mark: 'E', kwh: 5 + kwh }]))],
  ];
}

describe('OCMF', () => {
  test.each([
    ['prime256v1', undefined],
    ['prime256v1', 'ECDSA-secp256r1-SHA256'],
    ['secp256k1', 'ECDSA-secp256k1-SHA256'],
    ['prime192v1', 'ECDSA-secp192r1-SHA256'],
    ['secp192k1', 'ECDSA-secp192k1-SHA256'],
    ['secp384r1', 'ECDSA-secp384r1-SHA256'],
    ['secp521r1', 'ECDSA-secp521r1-SHA256'],
    ['brainpoolP256r1', 'ECDSA-brainpool256r1-SHA256'],
    ['brainpoolP384r1', 'ECDSA-brainpool384r1-SHA256'],
  ])('a signature on %s is verified, and one over other data is not (%s)', (curve, algorithm) => {
    const meter = testMeter(curve);
    const text = ocmf(meter, [{ mark: 'B', kwh: 1.5 }], algorithm);
    expect(verifySignature(readContainer(inText(text))!.signature, meter.publicKey)).toBe('valid');
    const tampered = text.replace('"RV":1.5', '"RV":1.6');
    expect(verifySignature(readContainer(inText(tampered))!.signature, meter.publicKey)).toBe('invalid');
    expect(verifySignature(readContainer(inText(text))!.signature, testMeter(curve).publicKey)).toBe(
      'invalid',
    );
  });

  test('white space in what is signed counts; what is left out in a reading is that of the one before', () => {
    const meter = testMeter();
    const text = ocmf(meter, [{ mark: 'B', kwh: 1 }]);
    const spaced = text.replace('{"FV"', '{ "FV"');
    expect(verifySignature(readContainer(inText(spaced))!.signature, meter.publicKey)).toBe('invalid');
    const short = '{"RD":[{"TX":"B","RV":1,"RI":"1-0:1.8.0","RU":"kWh","ST":"G"},{"TX":"E","RV":2.0005}]}';
    expect(readContainer(inText(`OCMF|${short}|{"SD":"00"}`))!.registers).toEqual([
      { register: '1-0:1.8.0', wh: 1000, position: 'begin', synchronised: false },
      { register: '1-0:1.8.0', wh: 2000.5, position: 'end', synchronised: false },
    ]);
  });

  test('readings in error, of export and of other units say nothing about the energy', () => {
    const rd = (members: object) =>
      JSON.stringify({ TX: 'B', RV: 1, RU: 'kWh', RI: '1-0:1.8.0', ...members });
    const text = `OCMF|{"RD":[${rd({ ST: 'M' })},${rd({ RI: '1-0:2.8.0' })},${rd({ RU: 'mOhm' })}]}|{"SD":"00"}`;
    expect(readContainer(inText(text))!.registers).toEqual([]);
  });

  test.each(['OCMF|', 'OCMF|{}', 'OCMF|{|{}', 'OCMF|[]|{"SD":"00"}', 'AP;0;3;BASE32', '<values/>', '1.5'])(
    'what is no container of a known format is not read: %s',
    (text) => expect(readContainer(inText(text))).toBeUndefined(),
  );
});

describe('EDL', () => {
  test('the XML container is read and verified, the key as the bare point of the curve', () => {
    const meter = testMeter('prime192v1');
    const read = readContainer(inText(edl(meter, 123_456)))!;
    expect(read).toMatchObject({
      encodingMethod: 'EDL40 E-Mobility Extension',
      registers: [{ register: '1-0:1.17.0*255', wh: 12_345.6 }],
    });
    expect(verifySignature(read.signature, read.publicKey)).toBe('valid');
    const other = readContainer(inText(edl(testMeter('prime192v1'), 123_456)))!;
    expect(verifySignature(other.signature, read.publicKey)).toBe('invalid');
  });

  test('begin and end are told by their contexts and compared with the bill (D3-024)', () => {
    const meter = testMeter('prime192v1');
    const transaction = (endDeciWh: number) =>
      ended([
        ['Transaction.Begin', inText(edl(meter, 50_000))],
        ['Transaction.End', inText(edl(meter, endDeciWh))],
      ]);
    expect(applySignedData(transaction(60_000), undefined).flags).toEqual([]);
    expect(applySignedData(transaction(61_200), undefined).flags).toEqual(['LEGAL_METER_MISMATCH']);
  });

  test('a container of another length or unit is not read', () => {
    const text = edl(testMeter('prime192v1'), 1);
    const [, encoded] = /<encodedMeterValue encoding="base64">([^<]*)</.exec(text)!;
    const bytes = Buffer.from(encoded!, 'base64');
    bytes.writeUInt8(31, 29);
    expect(readContainer(inText(text.replace(encoded!, bytes.toString('base64'))))).toBeUndefined();
    expect(readContainer(inText(text.replace(encoded!, 'AAAA')))).toBeUndefined();
  });
});

describe('public keys', () => {
  test('a wrapped key is unwrapped, in clear or in Base64; others are passed through (D3-023)', () => {
    const wrapped = 'oca:base16:asn1:3056ABCD';
    expect(printedKey(wrapped)).toBe('3056ABCD');
    expect(printedKey(Buffer.from(wrapped).toString('base64'))).toBe('3056ABCD');
    expect(printedKey(' 3056abcd\n')).toBe('3056abcd');
  });

  test('hexadecimal, Base64, DER and the bare point are one key', () => {
    const meter = testMeter('secp256k1');
    const { signature } = readContainer(
      inText(ocmf(meter, [{ mark: 'B', kwh: 1 }], 'ECDSA-secp256k1-SHA256')),
    )!;
    const der = Buffer.from(meter.publicKey, 'hex');
    const forms = [der, der.subarray(-65), der.subarray(-64)].flatMap((bytes) => [
      bytes.toString('hex').toUpperCase(),
      bytes.toString('base64'),
    ]);
    for (const form of forms) expect([form, verifySignature(signature, form)]).toEqual([form, 'valid']);
    expect(verifySignature(signature, 'not a key')).toBe('no-key');
  });
});

describe('what becomes of it', () => {
  test('valid containers go into the CDR unchanged, as Start and End (D3-021, D3-022)', () => {
    const meter = testMeter();
    const containers = pair(meter);
    const { signedData, flags } = applySignedData(ended(containers), undefined);
    expect(flags).toEqual([]);
    expect(signedData).toEqual({
      encoding_method: 'OCMF',
      encoding_method_version: 1,
      public_key: meter.publicKey,
      signed_values: [
        {
          nature: 'Start',
          plain_data: expect.stringMatching(/^\{"FV".*\}$/),
          signed_data: containers[0]![1].data,
        },
        { nature: 'End', plain_data: expect.any(String), signed_data: containers[1]![1].data },
      ],
    });
  });

  test('a container with both ends is one value, the End (D3-021)', () => {
    const meter = testMeter();
    const text = ocmf(meter, [
      { mark: 'B', kwh: 0 },
      { mark: 'E', kwh: 1 },
    ]);
    const { signedData } = applySignedData(ended([['Transaction.End', inText(text)]]), {
      meterPublicKeys: [{ publicKey: meter.publicKey }],
    });
    expect(signedData!.signed_values).toEqual([
      { nature: 'End', plain_data: text.split('|')[1], signed_data: Buffer.from(text).toString('base64') },
    ]);
  });

  test('a partner that wants it gets such a container as Start and End, and no other one twice (D3-021)', () => {
    const meter = testMeter();
    const both = ocmf(meter, [
      { mark: 'B', kwh: 0 },
      { mark: 'E', kwh: 1 },
    ]);
    const natures = (containers: [string, SignedMeterValue][], party_id: string) => {
      const cdrToken = { country_code: 'NL', party_id, uid: 'A', type: 'RFID', contract_id: 'C' } as const;
      const transaction: Transaction = {
        ...ended(containers),
        grant: { partnerId: 'p', authMethod: 'WHITELIST', cdrToken },
      };
      const settings = { signedStartCopyFor: [{ country_code: 'NL', party_id: 'MSP' }] };
      const { signedData } = applySignedData(transaction, undefined, settings);
      expect(new Set(signedData!.signed_values.map(({ signed_data }) => signed_data)).size).toBe(
        containers.length,
      );
      return signedData!.signed_values.map(({ nature }) => nature);
    };
    expect(natures([['Transaction.End', inText(both)]], 'MSP')).toEqual(['Start', 'End']);
    expect(natures([['Transaction.End', inText(both)]], 'ABC')).toEqual(['End']);
    expect(natures(pair(meter), 'MSP')).toEqual(['Start', 'End']);
    expect(natures([pair(meter)[1]!], 'MSP')).toEqual(['End']);
  });

  test('a container that was tampered with is found out, and still told (D3-024)', () => {
    const meter = testMeter();
    const [begin, end] = pair(meter);
    const forged = ocmf(meter, [{ mark: 'E', kwh: 6 }]).replace('"RV":6', '"RV":9');
    const found = applySignedData(ended([begin!, [end![0], inBase64(forged)]]), { legalMetrology: true });
    expect(found.flags).toEqual(['SIGNATURE_INVALID']);
    expect(found.billedWh).toBeUndefined();
    expect(found.signedData!.signed_values).toHaveLength(2);
  });

  test('the key that the operator entered counts, the one of the EVSE first', () => {
    const meter = testMeter();
    const strange = testMeter();
    const keys = (...meterPublicKeys: { evseId?: number; publicKey: string }[]) =>
      applySignedData(ended(pair(meter)), { meterPublicKeys }).flags;
    expect(keys({ publicKey: strange.publicKey })).toEqual(['SIGNATURE_INVALID']);
    expect(keys({ publicKey: strange.publicKey }, { evseId: 1, publicKey: meter.publicKey })).toEqual([]);
    expect(keys({ evseId: 2, publicKey: strange.publicKey })).toEqual([]);
  });

  test('a legal meter is billed by its signed registers and its own clock (D3-024)', () => {
    const meter = testMeter();
    const text = ocmf(meter, [
      { mark: 'B', kwh: 5, time: '2026-03-01T10:00:05,000+0000 S' },
      { mark: 'E', kwh: 6.004, time: '2026-03-01T12:00:01,000+0100 S' },
    ]);
    const transaction = ended([['Transaction.End', inText(text)]]);
    const station = { meterPublicKeys: [{ publicKey: meter.publicKey }] };
    expect(applySignedData(transaction, { ...station, legalMetrology: true })).toMatchObject({
      billedWh: 1004,
      activeAt: Date.parse('2026-03-01T10:00:05Z'),
      endedAt: Date.parse('2026-03-01T11:00:01Z'),
      flags: [],
    });
    expect(applySignedData(transaction, station).billedWh).toBeUndefined();
  });

  test('a legal meter whose clock was never set has no say about the times', () => {
    const meter = testMeter();
    const text = ocmf(meter, [
      { mark: 'B', kwh: 5, time: '1970-01-01T00:00:05,000+0000 U' },
      { mark: 'E', kwh: 6, time: '1970-01-01T01:00:05,000+0000 U' },
    ]);
    const found = applySignedData(ended([['Transaction.End', inBase64(text, meter.publicKey)]]), {
      legalMetrology: true,
    });
    expect(found).toMatchObject({ billedWh: 1000, endedAt: T0 + HOUR, flags: [] });
  });

  test('a difference of 0.1 kWh to the bill is found (D3-024)', () => {
    expect(applySignedData(ended(pair(testMeter(), 1.1)), undefined).flags).toEqual(['LEGAL_METER_MISMATCH']);
    expect(applySignedData(ended(pair(testMeter(), 1.009)), undefined).flags).toEqual([]);
  });

  test('an unknown format is told as it came; only of a legal meter that is a finding (D3-020)', () => {
    const transaction = ended([
      ['Transaction.End', inText('AP;0;3;ALCV3ABBBISHMA2RYEGAZE3HV5YQBQRAEHAR2MNP')],
    ]);
    const plain = applySignedData(transaction, undefined);
    expect(plain.flags).toEqual([]);
    expect(plain.signedData).toMatchObject({
      encoding_method: '#NA',
      signed_values: [{ nature: 'End', plain_data: expect.stringMatching(/^AP;/) }],
    });
    expect(applySignedData(transaction, { legalMetrology: true }).flags).toEqual(['SIGNATURE_UNVERIFIED']);
    expect(applySignedData(ended([]), { legalMetrology: true }).flags).toEqual(['SIGNED_DATA_MISSING']);
  });

  test('what is longer than a CDR can carry stays here, and is found (D3-022)', () => {
    const meter = testMeter();
    const long = Array.from({ length: 40 }, () => ({ mark: 'B', kwh: 5 }));
    const text = ocmf(meter, [...long, { mark: 'E', kwh: 6 }]);
    const found = applySignedData(ended([['Transaction.End', inBase64(text, meter.publicKey)]]), undefined);
    expect(found.flags).toEqual(['SIGNED_DATA_TOO_LONG']);
    expect(found.signedData).toBeUndefined();
  });

  test('a container that comes again is one container', () => {
    const [begin, end] = pair(testMeter());
    expect(ended([begin!, begin!, end!]).signedReadings).toHaveLength(2);
  });
});
