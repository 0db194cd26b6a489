import type { StationRequest } from '@roambridge/core';
import type { IdToken } from '@roambridge/domain';
import { isWireObject, type WireObject } from '../wire.js';
import { fromSecurityCall } from './security.js';

/** What a call of the operator asks, in core's words; undefined where nothing is kept of it. */
export function fromOwnCall(action: string, payload: unknown): StationRequest | undefined {
  if (!isWireObject(payload)) return undefined;
  if (action === 'CancelReservation') {
    const { reservationId } = payload;
    return typeof reservationId === 'number' ? { kind: 'cancel-reservation', reservationId } : undefined;
  }
  if (action === 'CustomerInformation') {
    const customer = payload.clear === true ? tokenOf(payload.idToken) : undefined;
    return customer && { kind: 'forget-customer', idToken: customer };
  }
  if (action === 'ChangeAvailability') return fromChangeAvailability(payload);
  if (action !== 'ReserveNow') return fromSecurityCall(action, payload);
  const { id, evseId, expiryDateTime } = payload;
  const idToken = tokenOf(payload.idToken);
  const group = tokenOf(payload.groupIdToken);
  const expiresAt = Date.parse(String(expiryDateTime));
  if (typeof id !== 'number' || !idToken || Number.isNaN(expiresAt)) return undefined;
  return {
    kind: 'reserve-now',
    reservationId: id,
    ...(typeof evseId === 'number' && evseId > 0 ? { evseId } : {}),
    idToken,
    ...(group ? { groupId: group.idToken } : {}),
    expiresAt,
  };
}

function tokenOf(value: unknown): IdToken | undefined {
  if (!isWireObject(value)) return undefined;
  const { idToken, type } = value;
  return typeof idToken === 'string' && typeof type === 'string' ? { idToken, type } : undefined;
}

/** G03, G04: without an EVSE it is the station. */
function fromChangeAvailability({ operationalStatus, evse }: WireObject): StationRequest | undefined {
  if (operationalStatus !== 'Operative' && operationalStatus !== 'Inoperative') return undefined;
  const { id, connectorId } = isWireObject(evse) ? evse : { id: 0, connectorId: undefined };
  if (typeof id !== 'number') return undefined;
  return {
    kind: 'change-availability',
    evseId: id,
    ...(typeof connectorId === 'number' ? { connectorId } : {}),
    operative: operationalStatus === 'Operative',
  };
}
