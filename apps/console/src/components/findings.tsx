import type { Finding } from '../diagnosis/finding.js';
import { TEXTS } from '../texts.js';

/** Why a charger does not charge, and what to do about it. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  if (findings.length === 0) return <p class="tone-good">✓ {TEXTS.station.allWell}</p>;
  return (
    <ul class="rows findings" data-testid="findings">
      {findings.map(({ tone, what, next }) => (
        <li key={what} class={`finding-${tone}`}>
          <p class={`tone-${tone}`}>
            <b>
              {tone === 'bad' ? '! ' : '… '}
              {what}
            </b>
          </p>
          <p>
            {TEXTS.station.next}
            {next}
          </p>
        </li>
      ))}
    </ul>
  );
}
