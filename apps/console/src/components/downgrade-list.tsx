import { useEffect } from 'preact/hooks';
import type { DowngradeView } from '../api/views.js';
import { useLive } from '../live/use-live.js';
import { TEXTS } from '../texts.js';

const T = TEXTS.partners;
/** Where it stands on the page of the partner. */
const ANCHOR = 'downgrades';

/** What the partner's version of OCPI has no place for. */
export function DowngradeList({ partnerId }: { partnerId: string }) {
  const { value } = useLive<DowngradeView>(`/partners/${encodeURIComponent(partnerId)}/downgrades`, []);
  useEffect(() => {
    if (value !== undefined && location.hash === `#${ANCHOR}`)
      document.getElementById(ANCHOR)?.scrollIntoView();
  }, [value === undefined]);
  if (value === undefined) return null;
  const { lost, locations, tariffs } = value;
  if (lost.length === 0 && locations.not_told + tariffs.not_told === 0) {
    return <p class="tone-good">✓ {T.nothingLost}</p>;
  }
  return (
    <ul class="lines">
      {locations.not_told > 0 && <li>{T.notTold('locations', locations.not_told, locations.total)}</li>}
      {tariffs.not_told > 0 && <li>{T.notTold('tariffs', tariffs.not_told, tariffs.total)}</li>}
      {lost.map(({ what, objects, example }) => (
        <li key={what}>
          <b>{what}</b> {T.lostIn(objects, example)}
        </li>
      ))}
    </ul>
  );
}
