import type { JobView } from '../../api/station-views.js';
import type { Page } from '../../api/views.js';
import { ageOf, clockTime } from '../../format.js';
import { useFrameFeed } from '../../live/use-frames.js';
import { useLive } from '../../live/use-live.js';
import { toStation } from '../../routing/paths.js';
import { FILE_TEXTS as T } from '../../texts/files.js';
import { TEXTS, type Tone } from '../../texts.js';
import { Waiting } from '../waiting.js';

const LISTED = 100;

const TONES = { running: 'busy', done: 'good', failed: 'bad' } as const satisfies Record<
  JobView['state'],
  Tone
>;

/** What stations were asked to do that takes a while, newest first, with every word of the charger. */
export function JobList({
  stationId,
  kinds,
  none,
}: {
  stationId?: string;
  kinds: readonly JobView['kind'][];
  none: string;
}) {
  useFrameFeed(stationId);
  const query = stationId === undefined ? '' : `&station_id=${encodeURIComponent(stationId)}`;
  const live = useLive<Page<JobView>>(`/jobs?limit=${LISTED}${query}`, ['frame', 'station'], stationId);
  if (live.value === undefined) return <Waiting live={live} />;
  const jobs = live.value.items.filter(({ kind }) => kinds.includes(kind));
  if (jobs.length === 0) return <p class="empty">{none}</p>;
  return (
    <ul class="rows" data-testid="jobs">
      {jobs.map((job) => (
        <li key={job.id}>
          <div class="row-line">
            {stationId === undefined && (
              <a href={`${toStation(job.station_id)}?tab=files`}>{job.station_id}</a>
            )}
            <b>{T.kinds[job.kind]}</b>
            <span class={`tone-${TONES[job.state]}`}>
              {T.states[job.state]}: {job.status}
            </span>
            <span class="muted end" title={job.updated_at}>
              {TEXTS.ago(ageOf(job.updated_at))}
            </span>
          </div>
          <p class="muted">
            {job.action} · {job.history.map(({ status, at }) => `${status} ${clockTime(at)}`).join(' → ')}
          </p>
          {job.file_id !== undefined && (
            <p>
              <a download href={`/api/v1/files/${encodeURIComponent(job.file_id)}/content`}>
                {T.download(job.file_name ?? job.file_id)}
              </a>
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
