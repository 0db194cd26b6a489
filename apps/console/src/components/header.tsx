import { useEffect, useRef } from 'preact/hooks';
import { localAge } from '../format.js';
import { connectedCount, feedState, stations, updatedAt } from '../live/picture.js';
import { whoami } from '../live/whoami.js';
import { path } from '../routing/location.js';
import { ACCESS_TEXTS } from '../texts/access.js';
import { TEXTS } from '../texts.js';
import { SignOut } from './sign-out.js';

const PAGES = [
  ['/', TEXTS.nav.overview],
  ['/stations', TEXTS.nav.stations],
  ['/charging', TEXTS.nav.charging],
  ['/partners', TEXTS.nav.partners],
  ['/attention', TEXTS.nav.attention],
  ['/deliveries', TEXTS.nav.deliveries],
  ['/files', TEXTS.nav.files],
  ['/unknown-stations', TEXTS.nav.unknownStations],
  ['/audit', TEXTS.nav.audit],
] as const;

/** Name, pages, connection state of the feed and age of what is shown. */
export function Header() {
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the pages do not fit: the one that is shown is brought into view.
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [path.value]);
  return (
    <header>
      <div class="header-line">
        <h1>
          <a href="/">{TEXTS.title}</a>
        </h1>
        <p class={`feed feed-${feedState.value}`} data-testid="feed-state" aria-live="polite">
          <span class="dot" aria-hidden="true" />
          {feedText()}
        </p>
        <p class="age">{feedState.value === 'live' ? TEXTS.feed.liveSince(localAge(updatedAt.value)) : ''}</p>
        <p class="count">{TEXTS.counts(connectedCount.value, stations.value.size)}</p>
        {whoami.value !== undefined && (
          <p class="count end" title={whoami.value.name} data-testid="role">
            {ACCESS_TEXTS.signedInAs(whoami.value.role)}
          </p>
        )}
        <SignOut />
      </div>
      <nav aria-label={TEXTS.nav.label} ref={nav}>
        {PAGES.map(([to, name]) => (
          <a key={to} href={to} aria-current={isCurrent(to) ? 'page' : undefined}>
            {name}
          </a>
        ))}
      </nav>
    </header>
  );
}

function isCurrent(to: string): boolean {
  return to === '/' ? path.value === '/' : path.value.startsWith(to);
}

function feedText(): string {
  if (feedState.value === 'live') return TEXTS.feed.live;
  if (feedState.value !== 'reconnecting') return TEXTS.feed.connecting;
  return updatedAt.value === 0
    ? TEXTS.feed.reconnectingFirst
    : TEXTS.feed.reconnecting(localAge(updatedAt.value));
}
