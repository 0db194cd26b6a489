import type { AuthorizationDecision, AuthorizationStatus } from '@roambridge/core';
import { toWireTime, type WireObject } from '../wire.js';

/** Longest language code. */
const LANGUAGE_MAX_CHARS = 8;

/** Longest text that is shown to a driver. */
const MESSAGE_MAX_CHARS = 512;

/** Type of a group's token (D4-035). */
const GROUP_TOKEN_TYPE = 'Central';

/** The decision as idTokenInfo; OCPP 2.x has our words. The group is told in every answer (C-031). */
export function idTokenInfo(decision: AuthorizationDecision): WireObject {
  const { status, groupId, expiresAt, language, evseIds, message } = decision;
  return {
    status: status satisfies AuthorizationStatus,
    ...(expiresAt === undefined ? {} : { cacheExpiryDateTime: toWireTime(expiresAt) }),
    ...(groupId === undefined ? {} : { groupIdToken: groupIdToken(groupId) }),
    ...(language === undefined || language.length > LANGUAGE_MAX_CHARS ? {} : { language1: language }),
    ...(evseIds === undefined ? {} : { evseId: evseIds }), // C01.FR.18
    ...(message === undefined ? {} : { personalMessage: personalMessage(message) }),
  };
}

/** D4-023: cut between characters. */
function personalMessage(text: string): WireObject {
  return { format: 'UTF8', content: [...text].slice(0, MESSAGE_MAX_CHARS).join('') };
}

/** A group as an idToken. */
export function groupIdToken(groupId: string): WireObject {
  return { idToken: groupId, type: GROUP_TOKEN_TYPE };
}
