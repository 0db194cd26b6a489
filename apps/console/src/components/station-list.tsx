import { useEffect, useRef, useState } from 'preact/hooks';
import type { StationView } from '../api/views.js';
import { matchingStations, SHOWS, stations } from '../live/picture.js';
import { query, setQuery } from '../routing/location.js';
import { toField, toStation } from '../routing/paths.js';
import { TEXTS } from '../texts.js';
import { connectionText } from './connection-text.js';
import { EvseChip } from './evse-chip.js';

/** Rows that are put on the page at first, and again whenever its end comes into view. */
const ROWS_STEP = 30;
/** More rows than this are not put on the page. */
const MAX_ROWS = 1_200;

export function StationList() {
  const matching = matchingStations.value;
  const all = stations.value.size;
  const [rows, setRows] = useState(ROWS_STEP);
  const shown = Math.min(rows, MAX_ROWS);
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
        {matching.slice(0, shown).map((station) => (
          <StationRow key={station.id} station={station} />
        ))}
      </ul>
      {matching.length > shown && (
        <ListEnd
          key={shown}
          text={TEXTS.shown(shown, matching.length)}
          onSeen={() => setRows(rows + ROWS_STEP)}
        />
      )}
    </section>
  );
}

/** The end of the rows so far: more come when it is seen. */
function ListEnd({ text, onSeen }: { text: string; onSeen: () => void }) {
  const end = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) onSeen();
    });
    if (end.current) observer.observe(end.current);
    return () => observer.disconnect();
  }, []);
  return (
    <p class="empty" ref={end}>
      {text}
    </p>
  );
}

function StationRow({ station }: { station: StationView }) {
  const { id, name, vendor, model, firmware_version: firmware, protocol, connected, evses } = station;
  const { open_transactions: open } = station;
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
        {firmware !== undefined && <span class="muted">{TEXTS.firmware(firmware)}</span>}
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
