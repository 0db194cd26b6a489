import { act } from '../../api/act.js';
import type { FileView } from '../../api/station-views.js';
import type { Page } from '../../api/views.js';
import { ageOf } from '../../format.js';
import type { Live } from '../../live/use-live.js';
import { FILE_TEXTS as T } from '../../texts/files.js';
import { TEXTS } from '../../texts.js';
import { ActionButton } from '../action-button.js';
import { Waiting } from '../waiting.js';

/** Files for chargers and of chargers, newest first. */
export function FileList({ files, none }: { files: Live<Page<FileView>>; none: string }) {
  if (files.value === undefined) return <Waiting live={files} />;
  if (files.value.items.length === 0) return <p class="empty">{none}</p>;
  return (
    <ul class="rows" data-testid="files">
      {files.value.items.map((file) => (
        <li key={file.id}>
          <div class="row-line">
            <a
              class="shrink whole"
              download={file.name}
              href={`/api/v1/files/${encodeURIComponent(file.id)}/content`}
            >
              <b>{file.name}</b>
            </a>
            <span>{T.size(file.size_bytes)}</span>
            <span class="muted">
              {file.station_id === undefined ? T.fromOperator : T.fromStation(file.station_id)}
            </span>
            <span class="muted end" title={file.created_at}>
              {TEXTS.ago(ageOf(file.created_at))}
            </span>
          </div>
          <p class="muted">SHA-256 {file.sha256}</p>
          <ActionButton
            label={T.remove}
            needs="admin"
            confirm={T.removeConfirm(file.name)}
            act={async () => {
              await act('DELETE', `/files/${encodeURIComponent(file.id)}`);
              files.again();
              return undefined;
            }}
          />
        </li>
      ))}
    </ul>
  );
}
