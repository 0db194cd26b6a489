import { randomBytes } from 'node:crypto';
import type { Principal, Role } from '../model/audit.js';
import type { Clock } from '../ports/clock.js';
import type { Store } from '../ports/store.js';
import type { Secrets } from '../secrets.js';
import { createEndedSessions } from './ended-sessions.js';

/** A one-time code is good for this long. */
const CODE_MS = 15 * 60_000;
/** A console session lasts a working day (S35). */
const SESSION_MS = 8 * 3_600_000;
const ROLES: readonly Role[] = ['viewer', 'field', 'admin'];
/** Codes kept at a time. */
const KEPT = 1_000;

/** Characters of a session's random part from which it can be told from others. */
const SESSION_LABEL_CHARS = 6;

/** Who may use the operator API. Tokens are compared by their keyed hashes alone (S21). */
export interface Access {
  authenticate(token: string): Principal | undefined;
  createSignInCode(role: Role, name?: string): string;
  redeemSignInCode(
    code: string,
  ): { token: string; principal: Principal; expiresInSeconds: number } | undefined;
  /** Ends a console session for good; false = the token is of none. Resolves when it is durable. */
  endSession(token: string): Promise<boolean>;
  /** Reads which sessions were ended before the gateway started. */
  load(): Promise<void>;
}

export function createAccess(options: {
  secrets: Secrets;
  clock: Clock;
  store: Pick<Store, 'settings'>;
  administratorHash: string;
}): Access {
  const { secrets, clock, administratorHash } = options;
  const ended = createEndedSessions(options.store, clock);
  const codes = new Map<string, { role: Role; name: string; until: number }>();

  /**
   * `role.until.random.name.signature`: nothing to remember of those that are open, so a console stays signed in when
   * the gateway restarts.
   */
  function newSession(role: Role, name: string): string {
    const parts = [
      role,
      clock.now() + SESSION_MS,
      randomBytes(16).toString('base64url'),
      Buffer.from(name).toString('base64url'),
    ];
    const claims = parts.join('.');
    return `${claims}.${sign(claims)}`;
  }

  function sign(claims: string): string {
    return secrets.hash(`console-session ${claims}`);
  }

  function sessionOf(token: string): { principal: Principal; until: number } | undefined {
    const end = token.lastIndexOf('.');
    const claims = token.slice(0, Math.max(0, end));
    const [role, until, random = '', name = ''] = claims.split('.');
    // Compared by a second keyed hash, so that the time tells nothing about the right signature (S21).
    const matches = secrets.hash(token.slice(end + 1)) === secrets.hash(sign(claims));
    if (end < 0 || !matches || !(Number(until) > clock.now()) || ended.has(endedLabel(token)))
      return undefined;
    const known = ROLES.find((one) => one === role);
    if (known === undefined) return undefined;
    const principal = { role: known, name: sessionName(Buffer.from(name, 'base64url').toString(), random) };
    return { principal, until: Number(until) };
  }

  /** Tells an ended session from others, and is useless to sign in with. */
  function endedLabel(token: string): string {
    return secrets.hash(`console-session-ended ${token}`);
  }

  /** The same for each request of a session, and useless without the rest of it. */
  function sessionName(name: string, random: string): string {
    const label = secrets.hash(`console-session-label ${random}`).slice(0, SESSION_LABEL_CHARS);
    return [name, `session ${label}`].filter(Boolean).join(', ');
  }

  return {
    authenticate(token) {
      const hash = secrets.hash(token);
      if (hash === administratorHash) return { role: 'admin', name: 'operator token' };
      return sessionOf(token)?.principal;
    },
    createSignInCode(role, name = '') {
      const code = randomBytes(18).toString('base64url');
      for (const [hash, { until }] of codes)
        if (until <= clock.now() || codes.size >= KEPT) codes.delete(hash);
      codes.set(secrets.hash(code), { role, name, until: clock.now() + CODE_MS });
      return code;
    },
    redeemSignInCode(code) {
      const hash = secrets.hash(code);
      const entry = codes.get(hash);
      codes.delete(hash);
      if (!entry || entry.until <= clock.now()) return undefined;
      const token = newSession(entry.role, entry.name);
      const principal = sessionOf(token)?.principal;
      return principal && { token, principal, expiresInSeconds: SESSION_MS / 1000 };
    },
    async endSession(token) {
      const session = sessionOf(token);
      if (!session) return false;
      await ended.add(endedLabel(token), session.until);
      return true;
    },
    load: () => ended.load(),
  };
}
