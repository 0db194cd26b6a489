import { useId, useState } from 'preact/hooks';
import { callStation } from '../../api/act.js';
import type { StationView } from '../../api/views.js';
import { outcomeText } from '../../commands/outcome-text.js';
import { SECURITY_TEXTS as T } from '../../texts/security.js';
import { ActionButton } from '../action-button.js';

const PEM = /^-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----\s*$/;
/** Longest certificate of InstallCertificate. */
const PEM_MAX = 5_500;

/** Gives a charger a certificate that it trusts from then on. */
export function InstallForm(form: {
  station: StationView;
  types: readonly string[];
  onInstalled: () => Promise<unknown>;
}) {
  const { station, types } = form;
  const id = useId();
  const [certificateType, setType] = useState(types[0] ?? '');
  const [certificate, setCertificate] = useState('');
  const broken = certificate !== '' && !PEM.test(certificate.trim());
  const install = async () => {
    if (!PEM.test(certificate.trim())) throw new Error(T.notPem);
    const outcome = await callStation(station.id, 'InstallCertificate', {
      certificateType,
      certificate: certificate.trim(),
    });
    await form.onInstalled();
    return outcomeText(outcome);
  };
  return (
    <details class="optional">
      <summary>{T.install}</summary>
      <div class="form">
        <div class="input">
          <label for={`${id}-type`}>{T.type}</label>
          <select
            id={`${id}-type`}
            value={certificateType}
            onChange={(event) => setType(event.currentTarget.value)}
          >
            {types.map((type) => (
              <option key={type} value={type}>
                {type}
              </option>
            ))}
          </select>
        </div>
        <div class="input">
          <label for={`${id}-pem`}>{T.pem}</label>
          <textarea
            id={`${id}-pem`}
            rows={6}
            maxLength={PEM_MAX}
            spellcheck={false}
            aria-invalid={broken}
            aria-describedby={`${id}-hint`}
            value={certificate}
            onInput={(event) => setCertificate(event.currentTarget.value)}
          />
          <p id={`${id}-hint`} class={broken ? 'tone-bad hint' : 'muted hint'}>
            {broken ? `✗ ${T.notPem}` : T.pemHint}
          </p>
        </div>
        <ActionButton
          label={T.send}
          needs="field"
          confirm={T.installConfirm(certificateType, station.id)}
          act={install}
        />
      </div>
    </details>
  );
}
