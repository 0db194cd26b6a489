import type { StationView } from '../api/views.js';
import { ageOf } from '../format.js';
import { filterText, matchingStations, stations } from '../live/picture.js';
import { TEXTS } from '../texts.js';
import { EvseChip } from './evse-chip.js';

/** More rows than this are not put on the page. */
const MAX_ROWS = 200;

export function StationList() {
  const matching = matchingStations.value;
  const all = stations.value.size;
  return (
    <section>
      <h2>{TEXTS.stations}</h2>
      <input
        type="search"
        placeholder={TEXTS.filter}
        aria-label={TEXTS.filter}
        value={filterText.value}
        onInput={(event) => {
          filterText.value = event.currentTarget.value;
        }}
      />
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
        <strong>{id}</strong>
        {name !== undefined && <span>{name}</span>}
        <span class={connected ? 'tone-good' : 'tone-quiet'}>{connectionText(station)}</span>
        <span class="muted">{protocol ?? TEXTS.noProtocol}</span>
        <span class="muted">{[vendor, model].filter(Boolean).join(' ')}</span>
        {open.length > shown && <span class="muted">{TEXTS.openTransactions(open.length)}</span>}
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

function connectionText({ connected, connected_since, last_frame_at }: StationView): string {
  if (connected) return TEXTS.connectedFor(connected_since === undefined ? '' : ageOf(connected_since));
  return last_frame_at === undefined ? TEXTS.notConnected : TEXTS.lastHeard(ageOf(last_frame_at));
}
