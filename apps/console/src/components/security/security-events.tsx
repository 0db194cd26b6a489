import type { SecurityEventView } from '../../api/station-views.js';
import type { Page, StationView } from '../../api/views.js';
import { ageOf, clockTime } from '../../format.js';
import { useFrameFeed } from '../../live/use-frames.js';
import { useLive } from '../../live/use-live.js';
import { query, setQuery } from '../../routing/location.js';
import { SECURITY_TEXTS as T } from '../../texts/security.js';
import { TEXTS } from '../../texts.js';
import { Waiting } from '../waiting.js';

const LISTED = 100;

/** What a station told about its own security, newest first. */
export function SecurityEvents({ station }: { station: StationView }) {
  useFrameFeed(station.id);
  const critical = query.value.get('events') === 'critical';
  const path = `/security-events?station_id=${encodeURIComponent(station.id)}&limit=${LISTED}`;
  const live = useLive<Page<SecurityEventView>>(
    critical ? `${path}&critical=true` : path,
    ['frame'],
    station.id,
  );
  return (
    <section>
      <h3>{T.events}</h3>
      <div class="filters">
        <label class="check">
          <input
            type="checkbox"
            checked={critical}
            onChange={(event) => setQuery('events', event.currentTarget.checked ? 'critical' : '')}
          />
          {T.onlyCritical}
        </label>
      </div>
      {live.value === undefined && <Waiting live={live} />}
      {live.value?.items.length === 0 && <p class="empty">{critical ? T.noCritical : T.noEvents}</p>}
      <ul class="rows" data-testid="security-events">
        {live.value?.items.map((event) => (
          <li key={event.id}>
            <div class="row-line">
              <b>{event.type}</b>
              {event.critical && <span class="tone-bad">{T.critical}</span>}
              <span class="muted end" title={event.received_at}>
                {TEXTS.ago(ageOf(event.received_at))}
              </span>
            </div>
            {event.tech_info !== undefined && <p>{event.tech_info}</p>}
            <p class="muted">{T.byItsClock(clockTime(event.at))}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
