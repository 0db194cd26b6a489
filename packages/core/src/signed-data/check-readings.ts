import type { SignedReading, Transaction } from '@roambridge/domain';
import type { Station } from '../model/station.js';
import type { ReadContainer } from './container.js';
import { readContainer } from './read-container.js';
import { type Verdict, verifySignature } from './verify.js';

export type MeterTraits = Pick<Station, 'legalMetrology' | 'meterPublicKeys'>;

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
  return containers.map(({ reading, read }) => {
    // What the operator entered counts: a key beside the data only shows that both fit each other.
    const publicKey = configured ?? reading.value.publicKey ?? read?.publicKey ?? told;
    const verdict = read ? verifySignature(read.signature, publicKey) : 'unreadable';
    return { reading, read, publicKey, verdict };
  });
}

function configuredKey(station: MeterTraits | undefined, evseId: number | undefined): string | undefined {
  const keys = station?.meterPublicKeys ?? [];
  const own = keys.find((key) => key.evseId !== undefined && key.evseId === evseId);
  return (own ?? keys.find((key) => key.evseId === undefined))?.publicKey;
}
