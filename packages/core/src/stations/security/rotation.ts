import type { EpochMs } from '@roambridge/domain';
import type { PresentedCertificate } from '../../edges/charger-edge.js';
import type { PasswordHash, SecurityProfile, Station } from '../../model/station.js';

/** Passwords that one charger may have been told without having used one of them. */
const NEW_PASSWORDS_MAX = 3;

/**
 * A new password is on its way to the charger: from now on both count. It is recorded before it is sent, so that
 * neither a lost answer nor a crash locks the charger out.
 */
export function offerPassword(station: Station, offered: PasswordHash, until: EpochMs): Station {
  const earlier = (station.newPasswords ?? []).slice(1 - NEW_PASSWORDS_MAX);
  return { ...station, newPasswords: [...earlier, { ...offered, until, accepted: false }] };
}

/** The charger's answer: what it refused never counts (A01.FR.04); what it took replaces the old one when proven. */
export function settlePassword(
  station: Station,
  salt: string,
  answer: { accepted: boolean; until: EpochMs },
): Station {
  const { newPasswords = [], ...rest } = station;
  const settled = answer.accepted
    ? newPasswords.map((entry) => (entry.salt === salt ? { ...entry, ...answer } : entry))
    : newPasswords.filter((entry) => entry.salt !== salt);
  return settled.length === 0 ? rest : { ...rest, newPasswords: settled };
}

/**
 * The passwords that count now. When the time of both is over exactly one is left: the one that the charger accepted last,
 * else the old one (A01.FR.03, A01.FR.04).
 */
export function passwordsAt({ password, newPasswords = [] }: Station, now: EpochMs): PasswordHash[] {
  const accepted = newPasswords.findLast((entry) => entry.accepted);
  const alive = newPasswords.filter((entry) => entry.until > now || entry === accepted);
  const oldCounts = password !== undefined && (accepted === undefined || accepted.until > now);
  return oldCounts ? [password, ...alive] : alive;
}

/** The security profile that the charger is told to use next; it counts as soon as it is used. */
export function offerProfile(station: Station, profile: SecurityProfile): Station {
  // A00.FR: no way down but the operator's own entry.
  return profile > station.securityProfile ? { ...station, nextSecurityProfile: profile } : station;
}

/** The charger refused; what it may have accepted `earlier` counts again. */
export function withdrawProfile(station: Station, earlier?: SecurityProfile): Station {
  const { nextSecurityProfile: _, ...rest } = station;
  return earlier === undefined ? rest : offerProfile(rest, earlier);
}

/** What a connection proves ends the time in which the older credential counted as well. */
export function proven(
  station: Station,
  proof: { password?: PasswordHash; profile: SecurityProfile; certificate?: PresentedCertificate },
  olderUntil: EpochMs,
): Station {
  let after = station;
  if (proof.password && station.newPasswords?.some(({ salt }) => salt === proof.password?.salt)) {
    const { newPasswords: _, ...rest } = after;
    after = { ...rest, password: bare(proof.password) };
  }
  const { nextSecurityProfile } = after;
  if (nextSecurityProfile !== undefined && proof.profile >= nextSecurityProfile) {
    after = { ...withdrawProfile(after), securityProfile: nextSecurityProfile };
  }
  return proof.certificate ? withCertificate(after, proof.certificate, olderUntil) : after;
}

/** The newest certificate that was used; those that are older count for a while yet. */
function withCertificate(
  station: Station,
  { fingerprint, validFrom }: PresentedCertificate,
  olderUntil: EpochMs,
): Station {
  const known = station.certificate;
  if (known && validFrom <= known.validFrom) return station;
  return { ...station, certificate: { fingerprint, validFrom, olderUntil } };
}

function bare({ salt, raw, hex, text }: PasswordHash): PasswordHash {
  return { salt, raw, hex, ...(text === undefined ? {} : { text }) };
}
