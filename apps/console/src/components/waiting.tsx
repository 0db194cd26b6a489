import { TEXTS } from '../texts.js';

/** In place of what is not there yet: that it is being read, or why it cannot be. */
export function Waiting({ live }: { live: { error?: string } }) {
  if (live.error === undefined) return <p class="muted">{TEXTS.loading}</p>;
  return (
    <p class="tone-bad" role="alert">
      ✗ {TEXTS.notRead(live.error)}
    </p>
  );
}
