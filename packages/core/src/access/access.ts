import { randomBytes } from 'node:crypto';
import type { Role } from '../edges/operator-edge.js';
import type { Clock } from '../ports/clock.js';
import type { Secrets } from '../secrets.js';

/** A one-time code is good for this long. */
const CODE_MS = 15 * 60_000;
/** A console session lasts a working day (S35). */
const SESSION_MS = 8 * 3_600_000;
/** Codes and sessions kept at a time. */
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
  const sessions = new Map<string, { role: Role; until: number }>();

  function keep(
    map: Map<string, { role: Role; until: number }>,
    secret: string,
    role: Role,
    forMs: number,
  ): void {
    for (const [hash, { until }] of map) if (until <= clock.now() || map.size >= KEPT) map.delete(hash);
    map.set(secrets.hash(secret), { role, until: clock.now() + forMs });
  }

  return {
    authenticate(token) {
      const hash = secrets.hash(token);
      if (hash === administratorHash) return 'admin';
      const session = sessions.get(hash);
      return session && session.until > clock.now() ? session.role : undefined;
    },
    createSignInCode(role) {
      const code = randomBytes(18).toString('base64url');
      keep(codes, code, role, CODE_MS);
      return code;
    },
    redeemSignInCode(code) {
      const hash = secrets.hash(code);
      const entry = codes.get(hash);
      codes.delete(hash);
      if (!entry || entry.until <= clock.now()) return undefined;
      const token = randomBytes(32).toString('base64url');
      keep(sessions, token, entry.role, SESSION_MS);
      return { token, role: entry.role, expiresInSeconds: SESSION_MS / 1000 };
    },
  };
}
