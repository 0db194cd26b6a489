import type { EpochMs } from '@roambridge/domain';

/** Wrong credentials within a minute before nothing more is tried: for one identity, and from one address (A-025, S2). */
const FAILURES_PER_IDENTITY = 10;
const FAILURES_PER_ADDRESS = 600;
const MINUTE_MS = 60_000;
/** Identities and addresses that are watched at a time, and stations whose last good address is kept. */
const WATCHED = 10_000;
const ADDRESSES_KEPT = 100_000;

/**
 * How many guesses are left. The address from which a station last came in is never shut out: that would be a way to shut
 * stations out. Many chargers may share an address, so an address has more room than an identity.
 */
export interface FailureBudget {
  /** False: this attempt is not even looked at. */
  allows(
    attempt: { identity: string; address: string; lastAddress: string | undefined },
    now: EpochMs,
  ): boolean;
  failed(identity: string, address: string, now: EpochMs): void;
  succeeded(identity: string, address: string): void;
}

export function createFailureBudget(): FailureBudget {
  const byIdentity = createWindow(FAILURES_PER_IDENTITY);
  const byAddress = createWindow(FAILURES_PER_ADDRESS);
  const knownAddress = new Map<string, string>();
  const key = (identity: string) => identity.toLowerCase();
  return {
    allows: ({ identity, address, lastAddress }, now) =>
      lastAddress === address ||
      knownAddress.get(key(identity)) === address ||
      (byIdentity.hasRoom(key(identity), now) && byAddress.hasRoom(address, now)),
    failed(identity, address, now) {
      byIdentity.count(key(identity), now);
      byAddress.count(address, now);
    },
    succeeded(identity, address) {
      knownAddress.delete(key(identity));
      setBounded(knownAddress, key(identity), address, ADDRESSES_KEPT);
    },
  };
}

function createWindow(most: number) {
  const windows = new Map<string, { since: EpochMs; count: number }>();
  const current = (name: string, now: EpochMs) => {
    const known = windows.get(name);
    return known && now - known.since < MINUTE_MS ? known : { since: now, count: 0 };
  };
  return {
    hasRoom: (name: string, now: EpochMs) => current(name, now).count < most,
    count(name: string, now: EpochMs) {
      const window = current(name, now);
      window.count += 1;
      windows.delete(name);
      setBounded(windows, name, window, WATCHED);
    },
  };
}

/** Forgets the entry that was touched longest ago when there are too many. */
function setBounded<T>(map: Map<string, T>, name: string, value: T, most: number): void {
  map.set(name, value);
  const oldest = map.size > most ? map.keys().next().value : undefined;
  if (oldest !== undefined) map.delete(oldest);
}
