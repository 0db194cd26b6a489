import type { CallOutcome, StationRequest } from '@roambridge/core';
import { asSecurityProfile } from '../any-version/security-profile.js';
import type { WireCall } from '../protocol.js';
import { isWireObject, type WireObject } from '../wire.js';

const PASSWORD_KEY = 'AuthorizationKey';
const PROFILE_KEY = 'SecurityProfile';

type SecurityRequest = Extract<
  StationRequest,
  { kind: 'renew-certificate' | 'set-password' | 'set-security-profile' }
>;

/** Requests of the security extension (SW16). */
export function securityCall(request: SecurityRequest): WireCall {
  switch (request.kind) {
    case 'renew-certificate':
      return {
        action: 'ExtendedTriggerMessage',
        payload: { requestedMessage: 'SignChargePointCertificate' },
      };
    case 'set-password':
      // the key is bytes; the configuration carries them as hex digits.
      return changed(PASSWORD_KEY, Buffer.from(request.password).toString('hex'));
    case 'set-security-profile':
      return changed(PROFILE_KEY, String(request.profile));
  }
}

const changed = (key: string, value: string): WireCall => ({
  action: 'ChangeConfiguration',
  payload: { key, value },
});

const HEX = /^(?:[0-9a-f]{2}){1,20}$/i;

/** What ChangeConfiguration of the operator means for the station's credentials. */
export function fromChangeConfiguration({ key, value }: WireObject): SecurityRequest | undefined {
  if (typeof key !== 'string' || typeof value !== 'string') return undefined;
  switch (key.trim().toLowerCase()) {
    case PASSWORD_KEY.toLowerCase():
      // Some chargers are configured with text; it is then what they present.
      return { kind: 'set-password', password: Buffer.from(value, HEX.test(value) ? 'hex' : 'utf8') };
    case PROFILE_KEY.toLowerCase(): {
      const profile = asSecurityProfile(Number(value));
      return profile === undefined ? undefined : { kind: 'set-security-profile', profile };
    }
    default:
      return undefined;
  }
}

/** Whether the charger took a credential. */
export function credentialAnswer(
  payload: WireObject,
): Pick<Extract<CallOutcome, { kind: 'result' }>, 'accepted'> {
  const { status } = isWireObject(payload) ? payload : {};
  return { accepted: status === 'Accepted' || status === 'RebootRequired' };
}
