import { useState } from 'preact/hooks';
import { act } from '../api/act.js';
import type { PartnerView, ProbeView, ResyncView } from '../api/views.js';
import { TEXTS, type Tone } from '../texts.js';
import { ActionButton } from './action-button.js';

const T = TEXTS.partners;

const VERDICT_TONES = {
  ok: 'good',
  warning: 'waiting',
  problem: 'bad',
  skipped: 'quiet',
} as const satisfies Record<ProbeView['verdict'], Tone>;

/** What an operator asks about a partner: whether it works, whether it knows what we know, and new tokens. */
export function PartnerChecks({ partner }: { partner: PartnerView }) {
  const [probe, setProbe] = useState<ProbeView>();
  const [module, setModule] = useState<ResyncView['module']>('locations');
  const [resync, setResync] = useState<ResyncView>();
  const path = `/partners/${encodeURIComponent(partner.id)}`;
  return (
    <section>
      <h3>{T.checks}</h3>
      <div class="buttons">
        <ActionButton
          label={T.actions.probe}
          needs="admin"
          testId="probe"
          act={async () => {
            setProbe(await act<ProbeView>('POST', `${path}/probe`));
            return undefined;
          }}
        />
        <select
          aria-label={T.module}
          value={module}
          onChange={({ currentTarget }) => {
            const chosen = MODULES.find((name) => name === currentTarget.value);
            if (chosen) setModule(chosen);
          }}
        >
          {MODULES.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
        <ActionButton
          label={T.actions.resync}
          needs="admin"
          testId="resync"
          act={async () => {
            setResync(await act<ResyncView>('POST', `${path}/resync`, { module }));
            return undefined;
          }}
        />
        <ActionButton
          label={T.actions.rotate}
          needs="admin"
          confirm={TEXTS.command.confirm(T.actions.rotate, partner.name)}
          act={async () => {
            await act('POST', `${path}/rotate`);
            return T.rotated;
          }}
        />
      </div>
      {probe && (
        <ul class="lines" data-testid="probe-findings">
          {probe.findings.map(({ check, verdict, finding }) => (
            <li key={check + finding}>
              <b class={`tone-${VERDICT_TONES[verdict]}`}>{verdict}</b> {check}: {finding}
            </li>
          ))}
        </ul>
      )}
      {resync && <p data-testid="resync-result">{resyncText(resync)}</p>}
    </section>
  );
}

const MODULES = ['locations', 'tariffs', 'sessions', 'cdrs'] as const satisfies ResyncView['module'][];

function resyncText({
  module,
  state,
  compared,
  same,
  repaired,
  owed,
  unverifiable,
  detail,
}: ResyncView): string {
  return [
    `${module}: ${state}`,
    T.compared(compared, same),
    repaired > 0 ? T.repaired(repaired) : '',
    owed > 0 ? T.backlog(owed) : '',
    unverifiable > 0 ? T.unverifiable(unverifiable) : '',
    detail ?? '',
  ]
    .filter(Boolean)
    .join(' · ');
}
