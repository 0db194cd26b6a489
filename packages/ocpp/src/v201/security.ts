import type { CallOutcome, StationRequest } from '@roambridge/core';
import { asSecurityProfile } from '../any-version/security-profile.js';
import type { WireCall } from '../protocol.js';
import { isWireObject, type WireObject } from '../wire.js';

const COMPONENT = 'SecurityCtrlr';
const VARIABLE = 'BasicAuthPassword';

type PasswordOrRenewal = Extract<StationRequest, { kind: 'renew-certificate' | 'set-password' }>;
type Credential = Extract<StationRequest, { kind: 'set-password' | 'set-security-profile' }>;

/** A01, A02, A03. A security profile is part of a network profile, which only the operator can write (B09). */
export function securityCall(request: PasswordOrRenewal): WireCall {
  if (request.kind === 'renew-certificate') {
    return { action: 'TriggerMessage', payload: { requestedMessage: 'SignChargingStationCertificate' } };
  }
  return {
    action: 'SetVariables',
    payload: {
      setVariableData: [
        {
          component: { name: COMPONENT },
          variable: { name: VARIABLE },
          // text, as it is.
          attributeValue: Buffer.from(request.password).toString('utf8'),
        },
      ],
    },
  };
}

/** What SetVariables or SetNetworkProfile of the operator means for the station's credentials. */
export function fromSecurityCall(action: string, payload: WireObject): Credential | undefined {
  if (action === 'SetNetworkProfile') {
    const { connectionData } = payload;
    const profile = asSecurityProfile(
      isWireObject(connectionData) ? connectionData.securityProfile : undefined,
    );
    return profile === undefined ? undefined : { kind: 'set-security-profile', profile };
  }
  if (action !== 'SetVariables') return undefined;
  const value = passwordEntry(payload.setVariableData)?.attributeValue;
  return typeof value === 'string'
    ? { kind: 'set-password', password: Buffer.from(value, 'utf8') }
    : undefined;
}

/** Whether the charger took the credential; nothing when its answer does not say. */
export function credentialAnswer(
  request: Credential,
  payload: WireObject,
): Partial<Pick<Extract<CallOutcome, { kind: 'result' }>, 'accepted'>> {
  const status =
    request.kind === 'set-password'
      ? passwordEntry(payload.setVariableResult)?.attributeStatus
      : payload.status;
  return typeof status === 'string' ? { accepted: status === 'Accepted' || status === 'RebootRequired' } : {};
}

function passwordEntry(entries: unknown): WireObject | undefined {
  if (!Array.isArray(entries)) return undefined;
  return entries
    .filter(isWireObject)
    .find(({ component, variable }) => isNamed(component, COMPONENT) && isNamed(variable, VARIABLE));
}

function isNamed(value: unknown, name: string): boolean {
  return isWireObject(value) && String(value.name).toLowerCase() === name.toLowerCase();
}
