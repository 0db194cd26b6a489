import type { EpochMs } from '@roambridge/domain';
import type { KeyedChain } from './pair-certificates.js';

/** Days before the end of a certificate at which somebody is told. */
const ALARM_DAYS = [30, 14, 3, 0] as const;
const DAY_MS = 86_400_000;

/** Tells once at each step; a new certificate begins anew. */
export function createExpiryAlarm(
  tell: (message: string) => void,
): (certificates: readonly KeyedChain[], now: EpochMs) => void {
  const told = new Set<string>();
  return (certificates, now) => {
    for (const { leaf } of certificates) {
      const left = Date.parse(leaf.validTo) - now;
      const step = ALARM_DAYS.findLast((days) => left <= days * DAY_MS);
      if (step === undefined) continue;
      const key = `${leaf.fingerprint256} ${step}`;
      if (told.has(key)) continue;
      told.add(key);
      const subject = leaf.subject.replaceAll('\n', ', ');
      tell(
        left <= 0
          ? `the certificate for chargers has expired (${subject}): chargers refuse to connect`
          : `the certificate for chargers ends in ${Math.ceil(left / DAY_MS)} days (${subject})`,
      );
    }
  };
}
