import { createHash } from 'node:crypto';
import type { AuthorizationDecision, AuthorizationStatus } from '@roambridge/core';
import { toWireTime, type WireObject } from '../wire.js';

/** D4.2: OCPP 1.6 has fewer words. */
const STATUS = {
  Accepted: 'Accepted',
  Blocked: 'Blocked',
  ConcurrentTx: 'ConcurrentTx',
  Expired: 'Expired',
  Invalid: 'Invalid',
  NoCredit: 'Blocked',
  NotAtThisLocation: 'Invalid',
  Unknown: 'Invalid',
} as const satisfies Record<AuthorizationStatus, string>;

/** Longest idTag (CiString20). */
const ID_TAG_MAX_CHARS = 20;

/** The decision as idTagInfo. */
export function idTagInfo(decision: AuthorizationDecision): WireObject {
  return {
    status: STATUS[decision.status],
    ...(decision.groupId === undefined ? {} : { parentIdTag: parentIdTag(decision.groupId) }),
    ...(decision.expiresAt === undefined ? {} : { expiryDate: toWireTime(decision.expiresAt) }),
  };
}

/** D4-035: a group whose name is too long always gets the same short one; chargers only compare it. */
export function parentIdTag(groupId: string): string {
  if (groupId.length <= ID_TAG_MAX_CHARS) return groupId;
  return createHash('sha256')
    .update(groupId.toLowerCase())
    .digest('hex')
    .slice(0, ID_TAG_MAX_CHARS)
    .toUpperCase();
}
