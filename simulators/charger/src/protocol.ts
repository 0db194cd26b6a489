/** OCPP subprotocol that the simulated charger speaks. */
export type Protocol = 'ocpp1.6' | 'ocpp2.0.1' | 'ocpp2.1';

/** Payload of an OCPP message, as JSON. */
export type Payload = Record<string, unknown>;

/** A CALL that the CSMS sent to the charger. */
export interface ReceivedCall {
  action: string;
  payload: Payload;
  /** Milliseconds since 1970. */
  at: number;
}

/** Answers a CALL of the CSMS; throw {@link CallRefusal} to answer with a CALLERROR. */
export type CallHandler = (payload: Payload) => Payload | Promise<Payload>;

/** Makes a handler answer with a CALLERROR of this code, e.g. `InternalError`. */
export class CallRefusal extends Error {
  readonly code: string;
  constructor(code: string, description = '') {
    super(description);
    this.name = 'CallRefusal';
    this.code = code;
  }
}

/** Text member of a payload, undefined when it is absent or of another type. */
export function text(payload: Payload, member: string): string | undefined {
  const value = payload[member];
  return typeof value === 'string' ? value : undefined;
}

/** Numeric member of a payload, undefined when it is absent or of another type. */
export function numeric(payload: Payload, member: string): number | undefined {
  const value = payload[member];
  return typeof value === 'number' ? value : undefined;
}

/** Object member of a payload, undefined when it is absent or of another type. */
export function nested(payload: Payload, member: string): Payload | undefined {
  return asPayload(payload[member]);
}

/** Objects of a list member of a payload; anything else in the list is skipped. */
export function nestedList(payload: Payload, member: string): Payload[] {
  const value = payload[member];
  return Array.isArray(value) ? value.map(asPayload).filter((item) => item !== undefined) : [];
}

export function asPayload(value: unknown): Payload | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}
