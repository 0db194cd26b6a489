import { useState } from 'preact/hooks';
import { act, callStation } from '../../api/act.js';
import { gatewayNow } from '../../api/read.js';
import type { FileView } from '../../api/station-views.js';
import type { CallOutcomeView, StationView } from '../../api/views.js';
import { outcomeText } from '../../commands/outcome-text.js';
import { newId } from '../../commands/prefill.js';
import { isOcpp16 } from '../../commands/protocol.js';
import { statusIn } from '../../frames/pairs.js';
import { FILE_TEXTS as T } from '../../texts/files.js';
import { ActionButton } from '../action-button.js';

type LogName = keyof typeof T.logs;

/** Asks a charger for a log: it sends it to an address that is made for it and counts once. */
export function LogRequest({ station }: { station: StationView }) {
  const names: readonly LogName[] = isOcpp16(station.protocol)
    ? ['GetDiagnostics', 'DiagnosticsLog', 'SecurityLog']
    : ['DiagnosticsLog', 'SecurityLog'];
  const [name, setName] = useState<LogName>(names[0] ?? 'DiagnosticsLog');
  const ask = async () => {
    const location = await oneTimeUrl(station, { direction: 'upload' });
    const outcome =
      name === 'GetDiagnostics'
        ? await callStation(station.id, 'GetDiagnostics', { location })
        : await callStation(station.id, 'GetLog', {
            logType: name,
            requestId: newId(),
            log: { remoteLocation: location },
          });
    return spoken(outcome, T.asked);
  };
  return (
    <section class="form">
      <h3>{T.getLog}</h3>
      <label>
        {T.logType}
        <select
          value={name}
          onChange={(event) => setName(names.find((each) => each === event.currentTarget.value) ?? name)}
        >
          {names.map((each) => (
            <option key={each} value={each}>
              {T.logs[each]}
            </option>
          ))}
        </select>
      </label>
      <ActionButton label={T.ask} needs="field" testId="get-log" act={ask} />
    </section>
  );
}

/** Lets a charger fetch and install one of the operator's files. */
export function FirmwareRequest({ station, files }: { station: StationView; files: readonly FileView[] }) {
  const [chosen, setChosen] = useState('');
  const file = files.find(({ id }) => id === chosen);
  const update = async () => {
    if (file === undefined) throw new Error(T.noFirmware);
    const location = await oneTimeUrl(station, { direction: 'download', file_id: file.id });
    const at = new Date(gatewayNow()).toISOString();
    const payload = isOcpp16(station.protocol)
      ? { location, retrieveDate: at }
      : { requestId: newId(), firmware: { location, retrieveDateTime: at } };
    return spoken(await callStation(station.id, 'UpdateFirmware', payload), T.sent);
  };
  return (
    <section class="form">
      <h3>{T.firmware}</h3>
      <label>
        {T.file}
        <select value={chosen} onChange={(event) => setChosen(event.currentTarget.value)}>
          <option value="">{files.length === 0 ? T.noFirmware : T.chooseFile}</option>
          {files.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <ActionButton
        label={T.update}
        needs="field"
        testId="update-firmware"
        disabled={file === undefined}
        confirm={T.updateConfirm(file?.name ?? '', station.id)}
        act={update}
      />
    </section>
  );
}

async function oneTimeUrl(station: StationView, body: object): Promise<string> {
  const path = `/stations/${encodeURIComponent(station.id)}/file-urls`;
  return (await act<{ url: string }>('POST', path, body)).url;
}

/** An answer without a status means that it was taken. */
function spoken(outcome: CallOutcomeView, taken: string): string {
  if (outcome.outcome !== 'result') return `✗ ${outcomeText(outcome)}`;
  const status = statusIn(outcome.payload);
  return status === undefined || status === 'Accepted' ? `✓ ${taken}` : status;
}
