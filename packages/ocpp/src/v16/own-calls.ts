import type { Reading, StationRequest } from '@roambridge/core';
import { isWireObject, type WireObject } from '../wire.js';
import { placeOf } from './place.js';
import { fromChangeConfiguration } from './security.js';

/** What a call of the operator asks, in core's words; undefined where nothing is kept of it. */
export function fromOwnCall(action: string, payload: unknown, reading: Reading): StationRequest | undefined {
  if (!isWireObject(payload)) return undefined;
  if (action === 'ChangeConfiguration') return fromChangeConfiguration(payload);
  if (action === 'ChangeAvailability') return fromChangeAvailability(payload, reading);
  const { reservationId, connectorId, expiryDate, idTag, parentIdTag } = payload;
  if (typeof reservationId !== 'number') return undefined;
  if (action === 'CancelReservation') return { kind: 'cancel-reservation', reservationId };
  if (action !== 'ReserveNow') return undefined;
  const expiresAt = Date.parse(String(expiryDate));
  if (typeof idTag !== 'string' || typeof connectorId !== 'number' || Number.isNaN(expiresAt))
    return undefined;
  return {
    kind: 'reserve-now',
    reservationId,
    // Connector 0 is any of them.
    ...(connectorId > 0 ? { evseId: placeOf(reading, connectorId).evseId } : {}),
    idToken: { idToken: idTag, type: 'unknown' },
    ...(typeof parentIdTag === 'string' ? { groupId: parentIdTag } : {}),
    expiresAt,
  };
}

/** B-023: connector 0 is the station. */
function fromChangeAvailability(
  { connectorId, type }: WireObject,
  reading: Reading,
): StationRequest | undefined {
  if (typeof connectorId !== 'number' || (type !== 'Operative' && type !== 'Inoperative')) return undefined;
  const place = connectorId === 0 ? { evseId: 0 } : placeOf(reading, connectorId);
  return { kind: 'change-availability', ...place, operative: type === 'Operative' };
}
