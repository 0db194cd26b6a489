/** One value of a DER encoding (X.690). */
export interface DerValue {
  tag: number;
  content: Buffer;
  /** Tag and length included. */
  raw: Buffer;
}

/** The bytes are no DER. */
export class DerFault extends Error {
  constructor() {
    super('not a DER encoding');
    this.name = 'DerFault';
  }
}

export const TAG = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  sequence: 0x30,
  generalizedTime: 0x18,
} as const;

/** Lengths of more bytes than this do not occur in what is read here. */
const MAX_LENGTH_BYTES = 3;

/** The value at the beginning of the bytes. @throws DerFault */
export function readDer(bytes: Buffer): DerValue {
  const [tag, first] = bytes;
  if (tag === undefined || first === undefined) throw new DerFault();
  let length = first;
  let header = 2;
  if (first >= 0x80) {
    const lengthBytes = first & 0x7f;
    if (lengthBytes === 0 || lengthBytes > MAX_LENGTH_BYTES || bytes.length < 2 + lengthBytes)
      throw new DerFault();
    length = bytes.readUIntBE(2, lengthBytes);
    header += lengthBytes;
  }
  const end = header + length;
  if (bytes.length < end) throw new DerFault();
  return { tag, content: bytes.subarray(header, end), raw: bytes.subarray(0, end) };
}

/** The values inside of a constructed one. @throws DerFault */
export function readParts(content: Buffer): DerValue[] {
  const parts: DerValue[] = [];
  for (let rest = content; rest.length > 0; ) {
    const value = readDer(rest);
    parts.push(value);
    rest = rest.subarray(value.raw.length);
  }
  return parts;
}

export function writeDer(tag: number, ...parts: Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const bytes = length < 0x100 ? [length] : [length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, 0x80 | bytes.length, ...bytes]), content]);
}
