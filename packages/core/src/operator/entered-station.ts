import { RequestRefused, type StationInput } from '../edges/operator-edge.js';
import type { Station } from '../model/station.js';
import type { Secrets } from '../secrets.js';
import type { CoreSettings } from '../settings.js';

export interface EntryPorts {
  secrets: Secrets;
  settings: Pick<CoreSettings, 'chargerTls'>;
}

/**
 * The station that the operator entered. What it does not name is gone, except what only its charger can change: the
 * password stays without a new one, and with it a rotation that is under way.
 */
export function enteredStation(
  { secrets, settings }: EntryPorts,
  input: StationInput,
  before: Station | undefined,
  createdAt: number,
): Station {
  const station: Station = {
    id: input.id,
    securityProfile: input.security_profile,
    createdAt: before?.createdAt ?? createdAt,
    ...optional(input),
    ...(input.password === undefined
      ? keptPassword(before)
      : { password: secrets.hashPassword(input.password) }),
    ...(before?.certificate ? { certificate: before.certificate } : {}),
  };
  const next = before?.nextSecurityProfile;
  if (next !== undefined && before?.securityProfile === station.securityProfile) {
    station.nextSecurityProfile = next;
  }
  refuseImpossible(station, settings);
  return station;
}

function optional(input: StationInput): Partial<Station> {
  const keys = input.meter_public_keys?.map(({ evse_id, public_key }) => ({
    publicKey: public_key,
    ...(evse_id === undefined ? {} : { evseId: evse_id }),
  }));
  return {
    ...(input.name === undefined ? {} : { name: input.name }),
    ...(input.protocols === undefined ? {} : { protocols: input.protocols }),
    ...(input.quirks === undefined ? {} : { quirks: input.quirks }),
    ...(input.legal_metrology === undefined ? {} : { legalMetrology: input.legal_metrology }),
    ...(input.configuration_template === undefined
      ? {}
      : { configurationTemplate: input.configuration_template }),
    ...(input.configuration === undefined ? {} : { configuration: input.configuration }),
    ...(keys === undefined ? {} : { meterPublicKeys: keys }),
    ...(input.evse_groups === undefined ? {} : { evseGroups: input.evse_groups }),
    ...(input.certificate_cn === undefined ? {} : { certificateCn: input.certificate_cn }),
    ...(input.cn_binding === undefined ? {} : { cnBinding: input.cn_binding }),
    ...(input.allow_expired_certificate ? { allowExpiredCertificate: true } : {}),
    ...(input.disabled ? { disabled: true } : {}),
    ...(input.registration === undefined || input.registration === 'accepted'
      ? {}
      : { registration: input.registration }),
  };
}

function keptPassword(before: Station | undefined): Partial<Station> {
  return {
    ...(before?.password ? { password: before.password } : {}),
    ...(before?.newPasswords ? { newPasswords: before.newPasswords } : {}),
  };
}

/** @throws {RequestRefused} for a security profile by which the station could never connect. */
function refuseImpossible(station: Station, { chargerTls }: EntryPorts['settings']): void {
  const { securityProfile, password, newPasswords } = station;
  if (securityProfile >= 2 && chargerTls === 'off') {
    throw new RequestRefused(
      422,
      `security profile ${securityProfile} needs TLS for chargers: set OCPP_TLS_PORT, OCPP_TLS_CERT and OCPP_TLS_KEY`,
      '/security_profile',
    );
  }
  if (securityProfile === 3 && chargerTls !== 'mutual') {
    throw new RequestRefused(
      422,
      'security profile 3 needs the authorities of client certificates: set OCPP_TLS_CLIENT_CA',
      '/security_profile',
    );
  }
  if ((securityProfile === 1 || securityProfile === 2) && !password && !newPasswords) {
    throw new RequestRefused(422, `security profile ${securityProfile} needs a password`, '/password');
  }
}
