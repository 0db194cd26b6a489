import type { SecurityProfile } from '@roambridge/core';

/** One of the profiles, or undefined. */
export function asSecurityProfile(value: unknown): SecurityProfile | undefined {
  return value === 0 || value === 1 || value === 2 || value === 3 ? value : undefined;
}
