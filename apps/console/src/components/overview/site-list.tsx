import { useState } from 'preact/hooks';
import { toSite } from '../../routing/paths.js';
import { OVERVIEW_TEXTS, SITE_STATES } from '../../texts/overview.js';
import { TEXTS } from '../../texts.js';
import type { Site } from './sites.js';

/** Lines that are put on the page at a time. */
const LINES_STEP = 100;

/** The map in words, those that need a look first. */
export function SiteList({ sites }: { sites: readonly Site[] }) {
  const [open, setOpen] = useState(false);
  const [lines, setLines] = useState(LINES_STEP);
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)} data-testid="site-list">
      <summary>{OVERVIEW_TEXTS.map.list(sites.length)}</summary>
      {open && (
        <ul class="lines">
          {sites.slice(0, lines).map((site) => {
            const { letter, word, tone } = SITE_STATES[site.state];
            return (
              <li key={site.id} class="site-line">
                <span class={`letter tone-${tone}`} aria-hidden="true">
                  {letter}
                </span>
                <a href={toSite(site.id)}>{site.name}</a>
                <span class={`tone-${tone}`}>{word}</span>
                <span class="muted">{site.text}</span>
              </li>
            );
          })}
        </ul>
      )}
      {open && sites.length > lines && (
        <button type="button" onClick={() => setLines(lines + LINES_STEP)}>
          {TEXTS.shown(lines, sites.length)}
        </button>
      )}
    </details>
  );
}
