import type { Admission, ConnectionAttempt } from '../edges/charger-edge.js';
import type { Clock } from '../ports/clock.js';
import type { Log } from '../ports/log.js';
import type { Secrets } from '../secrets.js';
import type { StationDirectory } from './directory.js';

/** Wrong credentials per address and identity within a minute before the answer becomes 429 (A-025, S2). */
const FAILURES_PER_MINUTE = 10;
const MINUTE_MS = 60_000;
/** Pairs of address and identity that are watched at a time. */
const WATCHED_PAIRS = 10_000;

/** Judges an upgrade request by the provisioned stations. Unknown and unauthorized look alike (A-007, S20). */
export function createAdmission(options: {
  directory: StationDirectory;
  secrets: Secrets;
  clock: Clock;
  log: Log;
}): (attempt: ConnectionAttempt) => Admission {
  const { directory, secrets, clock, log } = options;
  const failures = new Map<string, { since: number; count: number }>();

  function refuse(attempt: ConnectionAttempt, reason: string): Admission {
    const pair = `${attempt.remoteAddress} ${attempt.identity.toLowerCase()}`;
    const now = clock.now();
    const known = failures.get(pair);
    const entry = known && now - known.since < MINUTE_MS ? known : { since: now, count: 0 };
    entry.count += 1;
    failures.delete(pair);
    failures.set(pair, entry);
    const oldest = failures.size > WATCHED_PAIRS ? failures.keys().next().value : undefined;
    if (oldest !== undefined) failures.delete(oldest);
    log.warn({ identity: attempt.identity, remote: attempt.remoteAddress, reason }, 'station refused');
    return { kind: 'refused', httpStatus: entry.count > FAILURES_PER_MINUTE ? 429 : 401, reason };
  }

  return (attempt) => {
    const station = directory.find(attempt.identity);
    const profile = station?.securityProfile ?? 1;
    if (station && profile === 0) return { kind: 'accepted', station };
    // The password is always verified, known station or not: the time tells nothing.
    const presented = attempt.basic?.password ?? new Uint8Array();
    const matches = secrets.verifyPassword(station?.password, presented);
    if (!station) return refuse(attempt, 'unknown station');
    // a connection below the configured profile is refused.
    if (profile >= 2 && !attempt.tls) return refuse(attempt, `security profile ${profile} needs TLS`);
    if (!attempt.basic) return refuse(attempt, 'no Basic credentials');
    //
    if (attempt.basic.user.toLowerCase() !== station.id.toLowerCase()) {
      return refuse(attempt, 'Basic user is not the station');
    }
    return matches ? { kind: 'accepted', station } : refuse(attempt, 'wrong password');
  };
}
