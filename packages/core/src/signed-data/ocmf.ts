import type { ReadContainer, SignedRegister } from './container.js';

const HEADER = 'OCMF|';

/** Methods of the format by name (OCMF, table of signature algorithms); the first is meant where none is named. */
const METHODS = new Map<string, { curve: string; hash: 'sha256' | 'sha384' | 'sha512' }>([
  ['ECDSA-secp256r1-SHA256', { curve: 'prime256v1', hash: 'sha256' }],
  ['ECDSA-secp192k1-SHA256', { curve: 'secp192k1', hash: 'sha256' }],
  ['ECDSA-secp192r1-SHA256', { curve: 'prime192v1', hash: 'sha256' }],
  ['ECDSA-secp256k1-SHA256', { curve: 'secp256k1', hash: 'sha256' }],
  ['ECDSA-secp384r1-SHA256', { curve: 'secp384r1', hash: 'sha256' }],
  ['ECDSA-secp521r1-SHA256', { curve: 'secp521r1', hash: 'sha256' }],
  ['ECDSA-brainpool256r1-SHA256', { curve: 'brainpoolP256r1', hash: 'sha256' }],
  ['ECDSA-brainpoolP256r1-SHA256', { curve: 'brainpoolP256r1', hash: 'sha256' }],
  ['ECDSA-brainpool384r1-SHA256', { curve: 'brainpoolP384r1', hash: 'sha256' }],
  ['ECDSA-brainpoolP384r1-SHA256', { curve: 'brainpoolP384r1', hash: 'sha256' }],
]);
const DEFAULT_METHOD = 'ECDSA-secp256r1-SHA256';

/** Readings that end a transaction: at the end, locally, remotely, aborted, power lost. */
const END_MARKS: ReadonlySet<string> = new Set(['E', 'L', 'R', 'A', 'P']);

const WH_PER_UNIT = new Map([
  ['wh', 1],
  ['kwh', 1000],
]);

/** Energy that left the vehicle is no part of what it took: C of the OBIS code. */
const EXPORT = /(?:^|[:.-])(?:2|C[0-3])\.0?8\./i;

const TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)[,.](\d{3})([+-]\d\d)(\d\d) ([UIRS])$/;

export function isOcmf(text: string): boolean {
  return text.startsWith(HEADER);
}

/** Reads `OCMF|{payload}|{signature}`. @throws for a text that is not of this format. */
export function readOcmf(text: string): ReadContainer {
  const end = text.lastIndexOf('|');
  const payload = text.slice(HEADER.length, end);
  if (end <= HEADER.length) throw new Error('no signature section');
  const content = object(JSON.parse(payload));
  const section = object(JSON.parse(text.slice(end + 1)));
  const method = METHODS.get(String(section.SA ?? DEFAULT_METHOD));
  if (method === undefined || typeof section.SD !== 'string') throw new Error('unknown method of signature');
  const version = Number.parseInt(String(content.FV ?? ''), 10);
  return {
    encodingMethod: 'OCMF',
    ...(Number.isNaN(version) ? {} : { version }),
    plainData: payload,
    registers: registersOf(Array.isArray(content.RD) ? content.RD : []),
    signature: {
      // What is signed is the section as it stands, white space and all.
      message: Buffer.from(payload, 'utf8'),
      ...method,
      encoding: 'der',
      signature: Buffer.from(section.SD, section.SE === 'base64' ? 'base64' : 'hex'),
    },
  };
}

function registersOf(readings: readonly unknown[]): SignedRegister[] {
  const registers: SignedRegister[] = [];
  let before: Record<string, unknown> = {};
  for (const reading of readings) {
    // A member that is left out is that of the reading before.
    before = { ...before, ...object(reading) };
    const { RV, RU, RI, TX, TM, ST } = before;
    const whPerUnit = WH_PER_UNIT.get(String(RU ?? '').toLowerCase());
    const value = Number(RV);
    const register = typeof RI === 'string' ? RI : '';
    const inOrder = ST === undefined || ST === 'G';
    if (whPerUnit === undefined || Number.isNaN(value) || EXPORT.test(register) || !inOrder) continue;
    const time = TIME.exec(String(TM ?? ''));
    const mark = String(TX ?? '');
    registers.push({
      register,
      wh: Math.round(value * whPerUnit * 1000) / 1000,
      synchronised: time?.[5] === 'S',
      ...(time ? { at: Date.parse(`${time[1]}.${time[2]}${time[3]}:${time[4]}`) } : {}),
      ...(mark === 'B' ? { position: 'begin' } : END_MARKS.has(mark) ? { position: 'end' } : {}),
    });
  }
  return registers;
}

function object(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('not an object');
  return { ...value };
}
