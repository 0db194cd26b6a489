/**
 * Parameters of one statement, one behind another in one piece of memory: it grows while they are written, and can be
 * handed to another thread without a copy.
 */
export interface Parameters {
  bytes: Buffer<ArrayBuffer>;
  /** Of `bytes`. */
  view: DataView<ArrayBuffer>;
  /** Bytes that are written. */
  length: number;
  /** Of each parameter, in bytes. */
  sizes: number[];
}

/** Appends parameters. */
export type Encode = (parameters: Parameters) => void;

/** `likelyBytes`: enough for the parameters as a rule; with more the memory is copied into a larger one. */
export function createParameters(likelyBytes: number): Parameters {
  return Object.assign(memory(likelyBytes), { length: 0, sizes: [] });
}

/** Of the parameters of a statement that is no group commit. */
const FEW_BYTES = 8_192;

/** The parameters of one small statement. */
export function encoded(encode: Encode): Parameters {
  const parameters = createParameters(FEW_BYTES);
  encode(parameters);
  return parameters;
}

/** Makes room for so many bytes behind what is written, and tells where it is. */
export function room(parameters: Parameters, bytes: number): number {
  const { length } = parameters;
  if (length + bytes > parameters.bytes.length) {
    const larger = memory(2 * (length + bytes));
    parameters.bytes.copy(larger.bytes, 0, 0, length);
    parameters.bytes = larger.bytes;
    parameters.view = larger.view;
  }
  return length;
}

/** Memory of its own, not a piece of the one that small buffers share: that cannot be handed over. */
function memory(size: number): Pick<Parameters, 'bytes' | 'view'> {
  const bytes = Buffer.allocUnsafeSlow(size);
  return { bytes, view: new DataView(bytes.buffer) };
}

/** The parameters one by one, without a copy. */
export function valuesOf({
  bytes,
  sizes,
}: {
  bytes: Uint8Array<ArrayBuffer>;
  sizes: readonly number[];
}): Buffer[] {
  let offset = bytes.byteOffset;
  return sizes.map((size) => {
    const value = Buffer.from(bytes.buffer, offset, size);
    offset += size;
    return value;
  });
}
