/** A token as a charger presents it. `type` is the OCPP 2.x IdTokenEnumType, or 'unknown' where the protocol has none. */
export interface IdToken {
  idToken: string;
  type: string;
}

/** What a charger tells about itself when it boots. */
export interface BootReport {
  vendor: string;
  model: string;
  serialNumber?: string;
  firmwareVersion?: string;
  meterType?: string;
  meterSerialNumber?: string;
  reason?: string;
}

/** One sampled value as the charger sent it; the same shape for every protocol version. */
export interface SampledValue {
  value: string | number;
  measurand?: string;
  context?: string;
  phase?: string;
  location?: string;
  unit?: string;
  /** Power of ten (OCPP 2.x unitOfMeasure.multiplier). */
  multiplier?: number;
  format?: string;
  /** What the meter signed, beside the value or in place of it. */
  signed?: SignedMeterValue;
}

/** A legal container of the meter, as the charger sent it (D3-020). */
export interface SignedMeterValue {
  data: string;
  /** `base64`: the charger encoded the container; `text`: it sent the container itself. */
  form: 'base64' | 'text';
  encodingMethod?: string;
  signingMethod?: string;
  publicKey?: string;
}

/** Sampled values taken at one moment. */
export interface MeterValue {
  /** Repaired time of the sample, ms. */
  at: number;
  /** The charger's own time where it cannot be right (D2-063). */
  rawAt?: number;
  sampledValues: SampledValue[];
}

/** Cumulative energy register of an EVSE in Wh, at most three decimals. */
export type RegisterWh = number;
