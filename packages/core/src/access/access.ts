import { randomBytes } from 'node:crypto';
import type { Role } from '../edges/operator-edge.js';
import type { Clock } from '../ports/clock.js';
import type { Secrets } from '../secrets.js';

/** A one-time code is good for this long. */
const CODE_MS = 15 * 60_000;
/** A console session lasts a working day (S35). */
const SESSION_MS = 8 * 3_600_000;
const ROLES: readonly Role[] = ['viewer', 'field', 'admin'];
/** Codes kept at a time. */
const KEPT = 1_000;

/** Who may use the operator API. Tokens are compared by their keyed hashes alone (S21). */
export interface Access {
  authenticate(token: string): Role | undefined;
  createSignInCode(role: Role): string;
  redeemSignInCode(code: string): { token: string; role: Role; expiresInSeconds: number } | undefined;
}

export function createAccess(options: { secrets: Secrets; clock: Clock; administratorHash: string }): Access {
  const { secrets, clock, administratorHash } = options;
  const codes = new Map<string, { role: Role; until: number }>();

  /** `role.until.random.signature`: nothing to remember, so a console stays signed in when the gateway restarts. */
  function newSession(role: Role): string {
    const claims = `${role}.${clock.now() + SESSION_MS}.${randomBytes(16).toString('base64url')}`;
    return `${claims}.${sign(claims)}`;
  }

  function sign(claims: string): string {
    return secrets.hash(`console-session ${claims}`);
  }

  function sessionRole(token: string): Role | undefined {
    const end = token.lastIndexOf('.');
    const claims = token.slice(0, Math.max(0, end));
    const [role, until] = claims.split('.');
    // Compared by a second keyed hash, so that the time tells nothing about the right signature (S21).
    const matches = secrets.hash(token.slice(end + 1)) === secrets.hash(sign(claims));
    if (end < 0 || !matches || !(Number(until) > clock.now())) return undefined;
    return ROLES.find((known) => known === role);
  }

  return {
    authenticate(token) {
      const hash = secrets.hash(token);
      if (hash === administratorHash) return 'admin';
      return sessionRole(token);
    },
    createSignInCode(role) {
      const code = randomBytes(18).toString('base64url');
      for (const [hash, { until }] of codes)
        if (until <= clock.now() || codes.size >= KEPT) codes.delete(hash);
      codes.set(secrets.hash(code), { role, until: clock.now() + CODE_MS });
      return code;
    },
    redeemSignInCode(code) {
      const hash = secrets.hash(code);
      const entry = codes.get(hash);
      codes.delete(hash);
      if (!entry || entry.until <= clock.now()) return undefined;
      const token = newSession(entry.role);
      return { token, role: entry.role, expiresInSeconds: SESSION_MS / 1000 };
    },
  };
}
