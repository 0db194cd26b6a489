import type { StationView } from '../api/views.js';
import { useFrames } from '../live/use-frames.js';
import { query, setQuery } from '../routing/location.js';
import { TEXTS } from '../texts.js';
import { FrameList } from './frame-list.js';

const T = TEXTS.station.frames;
const STEP = 50;
const SHOWN_MAX = 500;

/** What crossed the wire of a station, live. */
export function StationFrames({ station }: { station: StationView }) {
  const action = query.value.get('action') ?? '';
  const limit = Math.min(Math.max(STEP, Math.trunc(Number(query.value.get('frames')) || STEP)), SHOWN_MAX);
  const { value } = useFrames(station.id, { limit, action });
  const frames = value?.items ?? [];
  return (
    <section>
      <div class="filters">
        <input
          type="search"
          placeholder={T.filter}
          aria-label={T.filter}
          value={action}
          onChange={(event) => setQuery('action', event.currentTarget.value.trim())}
        />
        <a
          class="button"
          download={`frames-${station.id}.jsonl`}
          href={`data:application/x-ndjson;charset=utf-8,${encodeURIComponent(asLines(frames))}`}
        >
          {T.download}
        </a>
      </div>
      <FrameList frames={frames} />
      {value?.next_cursor && limit < SHOWN_MAX && (
        <button type="button" onClick={() => setQuery('frames', String(limit + STEP))}>
          {T.older}
        </button>
      )}
    </section>
  );
}

/** One frame a line, oldest first: what `cli replay` reads. */
function asLines(frames: readonly object[]): string {
  return frames
    .toReversed()
    .map((frame) => `${JSON.stringify(frame)}\n`)
    .join('');
}
