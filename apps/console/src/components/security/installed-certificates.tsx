import { callStation } from '../../api/act.js';
import type { StationView } from '../../api/views.js';
import { outcomeText } from '../../commands/outcome-text.js';
import { isOcpp16 } from '../../commands/protocol.js';
import { ageOf } from '../../format.js';
import { useFrames } from '../../live/use-frames.js';
import { SECURITY_TEXTS as T } from '../../texts/security.js';
import { ActionButton } from '../action-button.js';
import { Waiting } from '../waiting.js';
import { InstallForm } from './install-form.js';
import { ASK, installedIn } from './installed.js';

const FRAMES_READ = 40;
/** OCPP 1.6 is asked type by type, OCPP 2.x for all at once. */
const TYPES_16 = ['CentralSystemRootCertificate', 'ManufacturerRootCertificate'] as const;
const TYPES_2 = [
  'CSMSRootCertificate',
  'ManufacturerRootCertificate',
  'V2GRootCertificate',
  'MORootCertificate',
] as const;

/** What a charger last said that it trusts, as the journal has it. */
export function InstalledCertificates({ station }: { station: StationView }) {
  const live = useFrames(station.id, { limit: FRAMES_READ, action: ASK });
  const old = isOcpp16(station.protocol);
  const ask = async () => {
    const questions = old ? TYPES_16.map((certificateType) => ({ certificateType })) : [{}];
    const answers: string[] = [];
    for (const question of questions) {
      const outcome = await callStation(station.id, ASK, question);
      answers.push(
        outcome.outcome === 'result' ? String(outcome.payload?.status ?? '') : outcomeText(outcome),
      );
    }
    live.again();
    return [...new Set(answers)].join(', ');
  };
  const installed = live.value && installedIn(live.value.items);
  return (
    <section class="tab-actions">
      <h3>{T.installed}</h3>
      <p class="buttons">
        <ActionButton label={T.ask} needs="field" testId="ask-certificates" act={ask} />
      </p>
      {live.value === undefined && <Waiting live={live} />}
      {live.value !== undefined && installed === undefined && <p class="empty">{T.neverAsked}</p>}
      {installed?.length === 0 && <p class="empty">{T.noneInstalled}</p>}
      <ul class="rows" data-testid="installed-certificates">
        {installed?.map(({ type, hash, toldAt }) => (
          <li key={`${type}${hash.issuerKeyHash}${hash.serialNumber}`}>
            <div class="row-line">
              <b>{type}</b>
              <span>
                {T.serial} {hash.serialNumber}
              </span>
              <span class="muted end" title={toldAt}>
                {T.told(ageOf(toldAt))}
              </span>
            </div>
            <p class="muted">
              {T.issuerKey} ({hash.hashAlgorithm}): {hash.issuerKeyHash}
            </p>
            <ActionButton
              label={T.delete}
              needs="field"
              confirm={T.deleteConfirm(type, hash.serialNumber, station.id)}
              act={async () => {
                const deleted = await callStation(station.id, 'DeleteCertificate', {
                  certificateHashData: hash,
                });
                await ask();
                return outcomeText(deleted);
              }}
            />
          </li>
        ))}
      </ul>
      <InstallForm station={station} types={old ? TYPES_16 : TYPES_2} onInstalled={ask} />
    </section>
  );
}
