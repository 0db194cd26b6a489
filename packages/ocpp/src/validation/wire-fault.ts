/** A member that a handler cannot do without is missing or unusable. */
export class WireFault extends Error {
  readonly fault: 'missing' | 'type' | 'value';
  /** JSON pointer of the member. */
  readonly pointer: string;

  constructor(fault: 'missing' | 'type' | 'value', pointer: string) {
    super(`${pointer}: ${FAULT_TEXT[fault]}`);
    this.fault = fault;
    this.pointer = pointer;
  }
}

const FAULT_TEXT = {
  missing: 'is required',
  type: 'has the wrong type',
  value: 'has a value that is not allowed',
} as const;
