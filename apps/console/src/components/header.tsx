import { localAge } from '../format.js';
import { connectedCount, feedState, stations, updatedAt } from '../live/picture.js';
import { TEXTS } from '../texts.js';

/** Name, connection state of the feed and age of what is shown. */
export function Header() {
  return (
    <header>
      <h1>{TEXTS.title}</h1>
      <p class="count">{TEXTS.counts(connectedCount.value, stations.value.size)}</p>
      <p class={`feed feed-${feedState.value}`} data-testid="feed-state" aria-live="polite">
        <span class="dot" aria-hidden="true" />
        {feedText()}
      </p>
      <p class="age">{feedState.value === 'live' ? TEXTS.feed.liveSince(localAge(updatedAt.value)) : ''}</p>
    </header>
  );
}

function feedText(): string {
  if (feedState.value === 'live') return TEXTS.feed.live;
  if (feedState.value !== 'reconnecting') return TEXTS.feed.connecting;
  return updatedAt.value === 0
    ? TEXTS.feed.reconnectingFirst
    : TEXTS.feed.reconnecting(localAge(updatedAt.value));
}
