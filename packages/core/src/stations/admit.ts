import type { Background } from '../background.js';
import type { Admission, ConnectionAttempt, PresentedCertificate } from '../edges/charger-edge.js';
import type { PasswordHash, SecurityProfile, Station } from '../model/station.js';
import type { Clock } from '../ports/clock.js';
import type { Log } from '../ports/log.js';
import type { Secrets } from '../secrets.js';
import type { CoreSettings } from '../settings.js';
import type { StationDirectory } from './directory.js';
import type { StationRegistry } from './registry.js';
import { createFailureBudget } from './security/failure-budget.js';
import { judgeCertificate } from './security/judge-certificate.js';
import { passwordsAt, proven } from './security/rotation.js';
import type { TurnedAwayBook } from './unknown/turned-away.js';

export interface AdmissionPorts {
  directory: StationDirectory;
  secrets: Secrets;
  clock: Clock;
  log: Log;
  background: Background;
  settings: CoreSettings;
  turnedAway: TurnedAwayBook;
  registry: () => StationRegistry;
}

type Refusal = Extract<Admission, { kind: 'refused' }>;

interface Proof {
  profile: SecurityProfile;
  /** The one that was shown. */
  password?: PasswordHash;
  certificate?: PresentedCertificate;
}

/** Judges upgrade requests by the provisioned stations. Unknown and unauthorized look alike (A-007, S20). */
export function createAdmission(ports: AdmissionPorts): (attempt: ConnectionAttempt) => Admission {
  const { directory, clock, log, settings } = ports;
  const budget = createFailureBudget();

  /** What was proven ends the time in which the older credential counted too; it is stored behind the connection. */
  function note(station: Station, proof: Proof): void {
    const change = (current: Station) => proven(current, proof, clock.now() + settings.oldKeyGraceMs);
    if (change(station) === station) return;
    ports.background.persist(
      async () => {
        await directory.change(station.id, change);
        await ports.registry().refresh(station.id);
      },
      'new credential of a station not recorded',
      { station: station.id },
    );
  }

  return (attempt) => {
    const { identity, remoteAddress } = attempt;
    const now = clock.now();
    const station = directory.find(identity);
    const refused = (httpStatus: Refusal['httpStatus'], reason: string): Admission => {
      log.warn({ identity, remote: remoteAddress, reason }, 'station refused');
      // That there were too many tells nobody what was wrong with them.
      const told = httpStatus === 429 ? (ports.turnedAway.find(identity)?.reason ?? reason) : reason;
      ports.turnedAway.note(attempt, { state: 'refused', reason: told, station });
      return { kind: 'refused', httpStatus, reason };
    };
    const lastAddress = station && ports.registry().peek(station.id)?.state.lastAddress;
    if (!budget.allows({ identity, address: remoteAddress, lastAddress }, now)) {
      return refused(429, 'too many refused attempts within a minute');
    }
    const proof = proofOf(ports, station, attempt);
    if (!station && settings.unknownStations === 'quarantine') {
      ports.turnedAway.note(attempt, { state: 'quarantined', reason: 'unknown station', station });
      return { kind: 'quarantined' };
    }
    if (!station || 'reason' in proof) {
      budget.failed(identity, remoteAddress, now);
      return refused(401, station && 'reason' in proof ? proof.reason : 'unknown station');
    }
    ports.turnedAway.forget(identity);
    budget.succeeded(identity, remoteAddress);
    // told only to who has proven to be the station.
    if (station.disabled) return refused(403, 'the station is disabled');
    note(station, proof);
    const { profile: securityProfile, certificate } = proof;
    return {
      kind: 'accepted',
      station,
      securityProfile,
      ...(certificate === undefined ? {} : { certificate }),
    };
  };
}

/** The highest security profile that the attempt reaches, or why that is not enough. */
function proofOf(
  ports: AdmissionPorts,
  station: Station | undefined,
  attempt: ConnectionAttempt,
): Proof | { reason: string } {
  // The password is always verified, known station or not: the time tells nothing.
  const shown = matchOf(ports, station, attempt);
  if (!station) return { reason: 'unknown station' };
  const required = station.securityProfile;
  const password = shown === undefined ? {} : { password: shown };
  if (required >= 2 && !attempt.tls) return { reason: `security profile ${required} needs TLS` };
  // A certificate counts where the operator wants it: a password station is not opened by one (A00.FR.002).
  if (required === 3 || (station.nextSecurityProfile === 3 && attempt.certificate)) {
    const verdict = judgeCertificate(station, attempt.certificate, {
      now: ports.clock.now(),
      organization: ports.settings.certificateOrganization,
      serialNumber: ports.registry().peek(station.id)?.state.boot?.serialNumber,
    });
    const { certificate } = attempt;
    if (certificate && verdict.kind !== 'refused') return { profile: 3, ...password, certificate };
    if (required === 3 && verdict.kind === 'refused') return verdict;
  }
  if (shown) return { profile: attempt.tls ? 2 : 1, ...password };
  if (required === 0) return { profile: 0 };
  if (!attempt.basic) return { reason: 'no Basic credentials' };
  //
  return sameUser(station, attempt.basic)
    ? { reason: 'wrong password' }
    : { reason: 'Basic user is not the station' };
}

function matchOf(
  { secrets, clock }: AdmissionPorts,
  station: Station | undefined,
  { basic, hexKeys }: ConnectionAttempt,
): PasswordHash | undefined {
  const presented = basic?.password ?? new Uint8Array();
  const known = station ? passwordsAt(station, clock.now()) : [];
  const candidates = known.length === 0 ? [undefined] : known;
  const matching = candidates.filter((stored) => secrets.verifyPassword(stored, presented, hexKeys));
  return station && sameUser(station, basic) ? matching.at(-1) : undefined;
}

/** A-021, ignoring case. */
function sameUser(station: Station, basic: ConnectionAttempt['basic']): boolean {
  return basic?.user.toLowerCase() === station.id.toLowerCase();
}
