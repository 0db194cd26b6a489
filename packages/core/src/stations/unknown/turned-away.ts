import type { BootReport } from '@roambridge/domain';
import type { ConnectionAttempt } from '../../edges/charger-edge.js';
import type { Feed } from '../../feed.js';
import type { Station } from '../../model/station.js';
import type { TurnedAway } from '../../model/unknown-station.js';
import type { Clock } from '../../ports/clock.js';
import type { Secrets } from '../../secrets.js';

/** Chargers that are remembered; the one that was seen longest ago makes room. */
const REMEMBERED = 500;

/** Configuration keys of 16 to 20 bytes in hex, as some chargers show them. */
const HEX_KEY = /^(?:[0-9a-f]{2}){16,20}$/i;

/** Chargers that were not let in, newest first: what a field crew looks at. */
export interface TurnedAwayBook {
  note(
    attempt: ConnectionAttempt,
    what: { state: TurnedAway['state']; reason: string; station: Station | undefined },
  ): void;
  booted(identity: string, report: BootReport): void;
  find(identity: string): TurnedAway | undefined;
  /** It is known now, or came in. */
  forget(identity: string): void;
  all(): TurnedAway[];
}

export function createTurnedAwayBook({
  clock,
  secrets,
  feed,
}: {
  clock: Clock;
  secrets: Secrets;
  feed: Feed;
}): TurnedAwayBook {
  // In the order in which they were last seen.
  const byIdentity = new Map<string, TurnedAway>();
  const key = (identity: string) => identity.toLowerCase();

  function keep(entry: TurnedAway): void {
    byIdentity.delete(key(entry.identity));
    byIdentity.set(key(entry.identity), entry);
    const oldest = byIdentity.size > REMEMBERED ? byIdentity.keys().next().value : undefined;
    if (oldest !== undefined) byIdentity.delete(oldest);
    feed.publish('unknown-station', { id: entry.identity, state: entry.state, reason: entry.reason });
  }

  return {
    note(attempt, { state, reason, station }) {
      const { identity, remoteAddress, offeredProtocols, basic } = attempt;
      const now = clock.now();
      const known = byIdentity.get(key(identity));
      const shown = station === undefined && sameName(basic?.user, identity) ? basic?.password : undefined;
      keep({
        identity,
        state,
        reason,
        provisioned: station !== undefined,
        url: urlToType(attempt, station),
        securityProfile: profileOf(attempt, shown),
        ...(shown?.length ? { password: secrets.hashPassword(asWritten(shown)) } : {}),
        attempts: (known?.attempts ?? 0) + 1,
        firstSeenAt: known?.firstSeenAt ?? now,
        lastSeenAt: now,
        remoteAddress,
        protocols: offeredProtocols,
        ...(known?.boot ? { boot: known.boot } : {}),
      });
    },
    booted(identity, boot) {
      const known = byIdentity.get(key(identity));
      if (known) keep({ ...known, boot, lastSeenAt: clock.now() });
    },
    find: (identity) => byIdentity.get(key(identity)),
    forget: (identity) => void byIdentity.delete(key(identity)),
    all: () => [...byIdentity.values()].reverse(),
  };
}

function sameName(user: string | undefined, identity: string): boolean {
  return user?.toLowerCase() === identity.toLowerCase();
}

/** As it connected; nobody becomes a station of profile 3 by a certificate that nobody has looked at. */
function profileOf({ tls }: ConnectionAttempt, shown: Uint8Array | undefined): 0 | 1 | 2 {
  if (!shown?.length) return 0;
  return tls ? 2 : 1;
}

function asWritten(shown: Uint8Array): string | Uint8Array {
  const text = Buffer.from(shown).toString('latin1');
  return HEX_KEY.test(text) ? text : shown;
}

function urlToType({ urls, tls }: ConnectionAttempt, station: Station | undefined): string {
  const secure = tls || (station?.securityProfile ?? 0) >= 2;
  return secure ? (urls.tls ?? urls.plain) : urls.plain;
}
