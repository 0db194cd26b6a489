import type { SignedData, SignedReading, SignedValue } from '@roambridge/domain';
import type { CheckedReading } from './check-readings.js';
import type { ReadContainer } from './container.js';
import { printedKey } from './public-key.js';
import { textOf } from './read-container.js';
import { positionBy } from './signed-span.js';

/** OCPI limits of plain_data and signed_data, characters (CD-44). */
const MAX_VALUE_CHARS = 5_000;
/** TY-13: a required text that truly cannot be known. */
const NOT_AVAILABLE = '#NA';

/**
 * The containers as a CDR carries them; those that are longer than it can carry are left out (D3-022). `startCopy`: the
 * partner wants a single container with both ends as the Start too (D3-021).
 */
export function toSignedData(
  checked: readonly CheckedReading[],
  startCopy = false,
): {
  signedData?: SignedData;
  tooLong: boolean;
} {
  const values: SignedValue[] = [];
  let tooLong = false;
  for (const { reading, read } of checked) {
    const signed_data = base64Of(reading);
    const plain_data = read?.plainData ?? textOf(reading.value) ?? NOT_AVAILABLE;
    if (signed_data.length > MAX_VALUE_CHARS || plain_data.length > MAX_VALUE_CHARS) tooLong = true;
    else values.push({ nature: natureOf(reading, read), plain_data, signed_data });
  }
  const [first] = checked;
  const [only] = values;
  if (startCopy && only && checked.length === 1 && hasBothEnds(first))
    values.unshift({ ...only, nature: 'Start' });
  if (values.length === 0 || !first) return { tooLong };
  const publicKey = checked.find((each) => each.publicKey !== undefined)?.publicKey;
  const version = first.read?.version;
  const signedData: SignedData = {
    encoding_method: first.reading.value.encodingMethod ?? first.read?.encodingMethod ?? NOT_AVAILABLE,
    ...(version === undefined ? {} : { encoding_method_version: version }),
    ...(publicKey === undefined ? {} : { public_key: printedKey(publicKey) }),
    signed_values: values,
  };
  return { signedData, tooLong };
}

function hasBothEnds(checked: CheckedReading | undefined): boolean {
  const positions = new Set(checked?.read?.registers.map(({ position }) => position));
  return positions.has('begin') && positions.has('end');
}

/** The container as the charger encoded it; one that came as text is encoded now (D3-022). */
function base64Of({ value }: SignedReading): string {
  return value.form === 'base64' ? value.data : Buffer.from(value.data, 'utf8').toString('base64');
}

/** D3-021: a container with both ends of the transaction is told as its end. */
function natureOf({ context }: SignedReading, read: ReadContainer | undefined): string {
  const positions = new Set(read?.registers.map(({ position }) => position));
  const position = positions.has('end') ? 'end' : positions.has('begin') ? 'begin' : positionBy(context);
  return position === 'end' ? 'End' : position === 'begin' ? 'Start' : 'Intermediate';
}
