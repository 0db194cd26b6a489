import { SITE_STATES, type SiteState } from '../../texts/overview.js';
import type { Site } from './sites.js';

const STATES = ['faulted', 'away', 'quiet', 'full', 'free'] as const satisfies SiteState[];

/** What the signs on the map mean, and how many there are of each. */
export function SiteCounts({ sites }: { sites: readonly Site[] }) {
  return (
    <ul class="site-counts">
      {STATES.map((state) => {
        const count = sites.filter((site) => site.state === state).length;
        const { letter, word, tone } = SITE_STATES[state];
        return count === 0 ? null : (
          <li key={state} class={`tone-${tone}`}>
            <b aria-hidden="true">{letter}</b> {count} {word}
          </li>
        );
      })}
    </ul>
  );
}
