import type { Station, StationView } from '../../model/station.js';
import type { StationAggregate } from '../aggregate.js';

const iso = (ms: number) => new Date(ms).toISOString();

/** What the operator sees of how a station proves who it is. */
export function securityView(
  station: Station,
  aggregate: StationAggregate | undefined,
  now: number,
): Partial<StationView> {
  const { nextSecurityProfile, newPasswords, certificateCn, cnBinding } = station;
  const { connection } = aggregate ?? {};
  const newest = newPasswords?.at(-1);
  return {
    ...(nextSecurityProfile === undefined ? {} : { next_security_profile: nextSecurityProfile }),
    ...(newest && newest.until > now
      ? { password_rotation: { accepted: newest.accepted, until: iso(newest.until) } }
      : {}),
    ...(certificateCn === undefined ? {} : { certificate_cn: certificateCn }),
    ...(cnBinding === undefined ? {} : { cn_binding: cnBinding }),
    ...(station.allowExpiredCertificate ? { allow_expired_certificate: true } : {}),
    ...(station.disabled ? { disabled: true } : {}),
    ...(connection ? { connection_security_profile: connection.securityProfile } : {}),
    ...(connection?.certificate
      ? {
          certificate: {
            common_name: connection.certificate.commonName ?? '',
            fingerprint: connection.certificate.fingerprint,
            expires_at: iso(connection.certificate.validTo),
          },
        }
      : {}),
  };
}
