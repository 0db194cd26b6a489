import '../../station-tabs.css';
import type { StationView } from '../../api/views.js';
import { asLines, asTable, save } from '../../frames/export.js';
import { pairsOf } from '../../frames/pairs.js';
import { useFrames } from '../../live/use-frames.js';
import { query, setQuery } from '../../routing/location.js';
import { FRAME_TEXTS as T } from '../../texts/frames.js';
import { Waiting } from '../waiting.js';
import { ActionFilter } from './action-filter.js';
import { PairRow } from './pair-row.js';

const STEP = 50;
const SHOWN_MAX = 500;
const ODD = 'repaired,quarantined,rejected,malformed';

type Verdict = keyof typeof T.verdicts;
const isVerdict = (text: string): text is Verdict => Object.hasOwn(T.verdicts, text);

/** What crossed the wire of a station, live: each message with its answer, newest first. */
export function FramesTab({ station }: { station: StationView }) {
  const action = query.value.get('action') ?? '';
  const named = query.value.get('verdict') ?? '';
  const verdict: Verdict = isVerdict(named) ? named : '';
  const limit = Math.min(Math.max(STEP, Math.trunc(Number(query.value.get('frames')) || STEP)), SHOWN_MAX);
  const live = useFrames(station.id, { limit, action, verdict: verdict === 'odd' ? ODD : verdict });
  const frames = live.value?.items ?? [];
  const pairs = pairsOf(frames);
  return (
    <section class="tab-actions">
      <div class="filters">
        <ActionFilter />
        <select
          aria-label={T.verdict}
          value={verdict}
          onChange={(event) => setQuery('verdict', event.currentTarget.value)}
        >
          {Object.keys(T.verdicts)
            .filter(isVerdict)
            .map((name) => (
              <option key={name} value={name}>
                {T.verdicts[name]}
              </option>
            ))}
        </select>
        <button
          type="button"
          onClick={() => save(`frames-${station.id}.jsonl`, 'application/x-ndjson', asLines(frames))}
        >
          {T.lines}
        </button>
        <button type="button" onClick={() => save(`frames-${station.id}.csv`, 'text/csv', asTable(frames))}>
          {T.table}
        </button>
      </div>
      {live.value === undefined && <Waiting live={live} />}
      {live.value !== undefined && (
        <p class="muted">{frames.length === 0 ? '' : T.shown(pairs.length, frames.length)}</p>
      )}
      {live.value !== undefined && frames.length === 0 && (
        <p class="empty">{action === '' && verdict === '' ? T.none : T.noneSuch}</p>
      )}
      <ul class="rows frames">
        {pairs.map((pair) => (
          <PairRow key={pair.call.id ?? `${pair.call.at}${pair.call.message_id}`} pair={pair} />
        ))}
      </ul>
      {live.value?.next_cursor && limit < SHOWN_MAX && (
        <p class="buttons">
          <button type="button" onClick={() => setQuery('frames', String(limit + STEP))}>
            {T.older}
          </button>
        </p>
      )}
    </section>
  );
}
