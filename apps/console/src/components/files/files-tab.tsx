import '../../station-tabs.css';
import type { FileView } from '../../api/station-views.js';
import type { Page, StationView } from '../../api/views.js';
import { useLive } from '../../live/use-live.js';
import { COMMAND_TEXTS } from '../../texts/commands.js';
import { FILE_TEXTS as T } from '../../texts/files.js';
import { FirmwareRequest, LogRequest } from './file-commands.js';
import { FileList } from './file-list.js';
import { JobList } from './job-list.js';
import { Upload } from './upload.js';

/** Firmware for a station and logs of it: what was asked, how far it is, and the files. */
export function FilesTab({ station }: { station: StationView }) {
  const all = useLive<Page<FileView>>('/files?limit=200', ['station'], station.id);
  const own = useLive<Page<FileView>>(
    `/files?limit=100&station_id=${encodeURIComponent(station.id)}`,
    ['frame', 'station'],
    station.id,
  );
  const firmware = (all.value?.items ?? []).filter(({ station_id }) => station_id === undefined);
  return (
    <div class="tab">
      {!station.connected && <p class="tone-bad">{COMMAND_TEXTS.offline}</p>}
      <div class="columns">
        <LogRequest station={station} />
        <div class="tab">
          <FirmwareRequest station={station} files={firmware} />
          <Upload onUploaded={all.again} />
        </div>
      </div>
      <section>
        <h3>{T.jobs}</h3>
        <JobList stationId={station.id} kinds={['firmware', 'log']} none={T.noJobs} />
      </section>
      <section>
        <h3>{T.files}</h3>
        <FileList files={own} none={T.noFilesOfStation} />
      </section>
    </div>
  );
}
