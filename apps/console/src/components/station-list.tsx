import type { StationView } from '../api/views.js';
import { matchingStations, SHOWS, stations } from '../live/picture.js';
import { query, setQuery } from '../routing/location.js';
import { toField, toStation } from '../routing/paths.js';
import { TEXTS } from '../texts.js';
import { connectionText } from './connection-text.js';
import { EvseChip } from './evse-chip.js';

/** More rows than this are not put on the page. */
const MAX_ROWS = 200;

export function StationList() {
  const matching = matchingStations.value;
  const all = stations.value.size;
  return (
    <section>
      <h2>{TEXTS.stations}</h2>
      <div class="filters">
        <input
          type="search"
          placeholder={TEXTS.filter}
          aria-label={TEXTS.filter}
          value={query.value.get('filter') ?? ''}
          onInput={(event) => setQuery('filter', event.currentTarget.value)}
        />
        <select
          aria-label={TEXTS.show}
          value={query.value.get('show') ?? ''}
          onChange={(event) => setQuery('show', event.currentTarget.value)}
        >
          {SHOWS.map((show) => (
            <option key={show} value={show}>
              {TEXTS.shows[show]}
            </option>
          ))}
        </select>
      </div>
      {matching.length === 0 && <p class="empty">{all === 0 ? TEXTS.noStations : TEXTS.noMatch}</p>}
      <ul class="stations">
        {matching.slice(0, MAX_ROWS).map((station) => (
          <StationRow key={station.id} station={station} />
        ))}
      </ul>
      {matching.length > MAX_ROWS && <p class="empty">{TEXTS.shown(MAX_ROWS, matching.length)}</p>}
    </section>
  );
}

function StationRow({ station }: { station: StationView }) {
  const { id, name, vendor, model, protocol, connected, evses, open_transactions: open } = station;
  // What runs on an EVSE is seen there.
  const shown = evses.filter(({ transaction_id }) => transaction_id !== undefined).length;
  return (
    <li class={connected ? 'station' : 'station offline'} data-testid={`station-row-${id}`}>
      <div class="station-head">
        <strong>
          <a href={toStation(id)}>{id}</a>
        </strong>
        {name !== undefined && <span>{name}</span>}
        <span class={connected ? 'tone-good' : 'tone-quiet'}>{connectionText(station)}</span>
        <span class="muted">{protocol ?? TEXTS.noProtocol}</span>
        <span class="muted">{[vendor, model].filter(Boolean).join(' ')}</span>
        {open.length > shown && <span class="muted">{TEXTS.openTransactions(open.length)}</span>}
        <a class="end" href={toField(id)}>
          {TEXTS.station.fieldPage}
        </a>
      </div>
      <ul class="evses">
        {evses.map((evse) => (
          <EvseChip key={evse.evse_id} stationId={id} evse={evse} />
        ))}
        {evses.length === 0 && <li class="muted">{TEXTS.noEvse}</li>}
      </ul>
    </li>
  );
}
