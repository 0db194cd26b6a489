import type { Partner, PartnerEdge } from '@roambridge/core';
import { unauthorized } from '../errors.js';

const HEADER = /^Token ([\x21-\x7e]+)$/;
const MAX_HEADER_LENGTH = 512; // characters; tokens have at most 64

/**
 * Forms in which a header may carry a token: as it is, Base64-decoded, and decoded without a line end (TR-006,
 * TR-007). Raw comes first, because a raw token may look like Base64 (trap 1).
 */
export function tokenCandidates(header: string | undefined): string[] {
  const value =
    header === undefined || header.length > MAX_HEADER_LENGTH ? undefined : HEADER.exec(header)?.[1];
  if (value === undefined) {
    return [];
  }
  const decoded = decodeBase64(value);
  if (decoded === undefined) {
    return [value];
  }
  const trimmed = decoded.replace(/[\r\n]+$/, '');
  return trimmed === decoded ? [value, decoded] : [value, decoded, trimmed];
}

/**
 * The partner behind an Authorization header. TOKEN_A opens versions and credentials only (TR-011); everything else
 * is refused with HTTP 401 (TR-010).
 */
export function authenticate(
  edge: Pick<PartnerEdge, 'authenticate'>,
  header: string | undefined,
  access: 'registration' | 'registered',
): Partner {
  const candidates = tokenCandidates(header);
  const partner = candidates.length === 0 ? undefined : edge.authenticate(candidates)?.partner;
  if (partner === undefined || partner.status === 'unregistered') {
    throw unauthorized();
  }
  if (access === 'registered' && partner.status !== 'registered') {
    throw unauthorized();
  }
  return partner;
}

function decodeBase64(value: string): string | undefined {
  if (value.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) {
    return undefined;
  }
  const decoded = Buffer.from(value, 'base64').toString('utf8');
  return /^[\x21-\x7e]+[\r\n]*$/.test(decoded) ? decoded : undefined;
}
