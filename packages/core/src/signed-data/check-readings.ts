import type { SignedReading, Transaction } from '@roambridge/domain';
import type { DeviceFacts, MeterFact } from '../model/device-model.js';
import type { Station } from '../model/station.js';
import type { ReadContainer } from './container.js';
import { readContainer } from './read-container.js';
import { type Verdict, verifySignature } from './verify.js';

export type MeterTraits = Pick<Station, 'legalMetrology' | 'meterPublicKeys'> & {
  /** What the charger told of its meters itself. */
  meters?: readonly MeterFact[];
};

/** What is known about the meters of a station: by the operator, and by the charger. */
export function meterTraits(station: Station | undefined, state: DeviceFacts | undefined): MeterTraits {
  return { ...station, ...(state?.meters ? { meters: state.meters } : {}) };
}

/** A container with what is known about it. */
export interface CheckedReading {
  reading: SignedReading;
  read: ReadContainer | undefined;
  publicKey: string | undefined;
  verdict: Verdict | 'unreadable';
}

/** Every container with the verdict about its signature, in the order of their times. */
export function checkReadings(transaction: Transaction, station: MeterTraits | undefined): CheckedReading[] {
  const readings = [...(transaction.signedReadings ?? [])].sort((a, b) => a.at - b.at);
  const configured = configuredKey(station, transaction.evseId);
  const containers = readings.map((reading) => ({ reading, read: readContainer(reading.value) }));
  // D3-023: a charger may tell the key with one of its values only.
  const told = containers
    .map(({ reading, read }) => reading.value.publicKey ?? read?.publicKey)
    .find((key) => key !== undefined);
  const own = meterOf(station?.meters, transaction.evseId, 'publicKey');
  return containers.map(({ reading, read }) => {
    // What the operator entered counts: a key beside the data only shows that both fit each other.
    const publicKey = configured ?? reading.value.publicKey ?? read?.publicKey ?? told ?? own;
    const verdict = read ? verifySignature(read.signature, publicKey) : 'unreadable';
    return { reading, read, publicKey, verdict };
  });
}

function configuredKey(station: MeterTraits | undefined, evseId: number | undefined): string | undefined {
  const keys = station?.meterPublicKeys ?? [];
  const own = keys.find((key) => key.evseId !== undefined && key.evseId === evseId);
  return (own ?? keys.find((key) => key.evseId === undefined))?.publicKey;
}

/** What the charger told of the meter of an EVSE; else of the one that it has. */
export function meterOf(
  meters: readonly MeterFact[] | undefined,
  evseId: number | undefined,
  member: 'publicKey' | 'serialNumber',
): string | undefined {
  const told = (meters ?? []).filter((meter) => meter[member] !== undefined && meter[member] !== '');
  const own = told.find((meter) => meter.evseId !== undefined && meter.evseId === evseId);
  return (own ?? told.find((meter) => meter.evseId === undefined))?.[member];
}
