import type { EpochMs } from '@roambridge/domain';

/** One register reading that a meter signed. */
export interface SignedRegister {
  /** What the meter says it is, where it says it. */
  position?: 'begin' | 'end';
  /** Registers of one kind can be subtracted: OBIS code, or `''` where none is given. */
  register: string;
  wh: number;
  at?: EpochMs;
  /** The meter's clock was set by a known source: its time counts. */
  synchronised: boolean;
}

/** What is signed, and by which method. */
export interface Signature {
  message: Buffer;
  curve: string;
  hash: 'sha256' | 'sha384' | 'sha512';
  /** `der`, or the two numbers one after the other. */
  encoding: 'der' | 'ieee-p1363';
  signature: Buffer;
}

/** A container as far as it can be read. */
export interface ReadContainer {
  /** Name of the encoding as OCPI knows it (CD-45). */
  encodingMethod: string;
  version?: number;
  /** The readable part, as it stands in the container or was decoded from it. */
  plainData: string;
  registers: SignedRegister[];
  signature: Signature;
  /** The key that the container carries, as it is written there. */
  publicKey?: string;
}
