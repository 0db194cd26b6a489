import { useState } from 'preact/hooks';
import type { ReportView } from '../../api/station-views.js';
import type { Page, StationView } from '../../api/views.js';
import { ageOf, words } from '../../format.js';
import { useLive } from '../../live/use-live.js';
import { CONFIGURATION_TEXTS as T } from '../../texts/configuration.js';
import { TEXTS, type Tone } from '../../texts.js';
import { Waiting } from '../waiting.js';

const LISTED = 20;

const TONES = {
  running: 'busy',
  complete: 'good',
  incomplete: 'waiting',
  refused: 'bad',
} as const satisfies Record<ReportView['state'], Tone>;

/** What a station told in several messages, newest first; each opens to what is in it. */
export function ReportList({ station }: { station: StationView }) {
  const path = `/stations/${encodeURIComponent(station.id)}/reports`;
  const live = useLive<Page<ReportView>>(`${path}?limit=${LISTED}`, ['station'], station.id);
  return (
    <section>
      <h3>{T.reports}</h3>
      {live.value === undefined && <Waiting live={live} />}
      {live.value?.items.length === 0 && <p class="empty">{T.noReports}</p>}
      <ul class="rows frames">
        {live.value?.items.map((report) => (
          <ReportRow key={report.id} path={path} report={report} />
        ))}
      </ul>
    </section>
  );
}

function ReportRow({ path, report }: { path: string; report: ReportView }) {
  const [open, setOpen] = useState(false);
  const { state, status_info: info } = report;
  return (
    <li>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary class="row-line">
          <b>{words(report.kind)}</b>
          <span class={`tone-${TONES[state]}`}>{T.reportStates[state]}</span>
          <span class="muted">{T.reportParts(report.parts, report.missing_parts)}</span>
          <span class="muted end" title={report.updated_at}>
            {TEXTS.ago(ageOf(report.updated_at))}
          </span>
        </summary>
        {info !== undefined && (
          <p class="tone-waiting">{[info.reason_code, info.additional_info].filter(Boolean).join(': ')}</p>
        )}
        {open && <Items path={`${path}/${encodeURIComponent(report.id)}`} />}
      </details>
    </li>
  );
}

function Items({ path }: { path: string }) {
  const live = useLive<ReportView>(path, []);
  if (live.value === undefined) return <Waiting live={live} />;
  return <pre>{JSON.stringify(live.value.items ?? [], null, 2)}</pre>;
}
