import '../../station-tabs.css';
import type { FileView } from '../../api/station-views.js';
import type { Page } from '../../api/views.js';
import { useLive } from '../../live/use-live.js';
import { FILE_TEXTS as T } from '../../texts/files.js';
import { FileList } from './file-list.js';
import { JobList } from './job-list.js';
import { Upload } from './upload.js';

/** Firmware and logs of the whole fleet. */
export function AllFiles() {
  const files = useLive<Page<FileView>>('/files?limit=200', ['station']);
  return (
    <main>
      <h2>{T.title}</h2>
      <section>
        <h3>{T.jobs}</h3>
        <JobList kinds={['firmware', 'log', 'certificate']} none={T.noJobs} />
      </section>
      <section class="tab">
        <h3>{T.files}</h3>
        <Upload onUploaded={files.again} />
        <FileList files={files} none={T.noFiles} />
      </section>
    </main>
  );
}
