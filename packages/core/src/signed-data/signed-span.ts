import type { CheckedReading } from './check-readings.js';
import type { SignedRegister } from './container.js';

/** The energy that the meter vouches for: first and last value of one register. */
export interface SignedSpan {
  begin: SignedRegister;
  end: SignedRegister;
}

/** The span of the containers; one whose signature does not fit says nothing. */
export function signedSpan(checked: readonly CheckedReading[]): SignedSpan | undefined {
  const registers = checked
    .filter(({ verdict }) => verdict !== 'invalid')
    .flatMap(({ reading, read }) =>
      (read?.registers ?? []).map((register) => ({
        ...register,
        position: register.position ?? positionBy(reading.context),
      })),
    );
  for (const begin of registers.filter(({ position }) => position === 'begin')) {
    const end = registers.filter(
      ({ position, register }) => position === 'end' && register === begin.register,
    );
    const last = end.at(-1);
    if (last) return { begin: withPosition(begin), end: withPosition(last) };
  }
  return undefined;
}

function withPosition({
  position,
  ...register
}: Omit<SignedRegister, 'position'> & { position: SignedRegister['position'] | undefined }): SignedRegister {
  return { ...register, ...(position === undefined ? {} : { position }) };
}

/** The place of a container that does not tell it, by its context. */
export function positionBy(context: string): SignedRegister['position'] | undefined {
  if (context === 'Transaction.Begin') return 'begin';
  return context === 'Transaction.End' ? 'end' : undefined;
}
