import { useState } from 'preact/hooks';
import { act } from '../api/act.js';
import type { CdrView, Page } from '../api/views.js';
import { useLive } from '../live/use-live.js';
import { navigate } from '../routing/location.js';
import { toCdr } from '../routing/paths.js';
import { CORRECTION_TEXTS as T } from '../texts/correction.js';
import { ActionButton } from './action-button.js';

interface Input {
  reason: string;
  tariff_id: string;
  total_energy: string;
  end_date_time: string;
}

const NOTHING: Input = { reason: '', tariff_id: '', total_energy: '', end_date_time: '' };

/** What a CDR is made anew with: a reason, and what of it is other than the charger told. */
export function CorrectionForm({ cdr }: { cdr: CdrView }) {
  const [open, setOpen] = useState(false);
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)} data-testid="correction">
      <summary>{T.title}</summary>
      {open && <Fields cdr={cdr} />}
    </details>
  );
}

function Fields({ cdr }: { cdr: CdrView }) {
  const [input, setInput] = useState(NOTHING);
  const tariffs = useLive<Page<{ id: string }>>('/tariffs?limit=500', []);
  const enter = (name: keyof Input) => ({
    value: input[name],
    onInput: ({ currentTarget }: { currentTarget: HTMLInputElement | HTMLSelectElement }) =>
      setInput({ ...input, [name]: currentTarget.value }),
  });
  const correct = async () => {
    const made = await act<{ cdr: { id: string } }>(
      'POST',
      `/cdrs/${encodeURIComponent(cdr.id)}/correct`,
      bodyOf(input),
    );
    setInput(NOTHING);
    navigate(toCdr(made.cdr.id));
    return undefined;
  };
  return (
    <div class="form">
      <p class="muted">{cdr.hold === undefined ? T.sent : T.held}</p>
      <label>
        {T.reason}
        <input maxLength={255} {...enter('reason')} />
      </label>
      <label>
        {T.energy}
        <input
          type="number"
          min="0"
          step="0.001"
          placeholder={String(cdr.total_energy)}
          {...enter('total_energy')}
        />
      </label>
      <label>
        {T.end}
        <input type="datetime-local" step="1" {...enter('end_date_time')} />
        <span class="muted">{T.now(cdr.end_date_time)}</span>
      </label>
      <label>
        {T.tariff}
        <select {...enter('tariff_id')}>
          <option value="">{T.sameTariff}</option>
          {(tariffs.value?.items ?? []).map(({ id }) => (
            <option key={id} value={id}>
              {id}
            </option>
          ))}
        </select>
      </label>
      <ActionButton
        label={T.make}
        needs="admin"
        testId="correct"
        disabled={input.reason.trim() === ''}
        confirm={T.confirm(cdr.id)}
        act={correct}
      />
    </div>
  );
}

/** What is left empty stays as it was metered. The field for a time has none of its zone: it is UTC. */
function bodyOf({ reason, tariff_id, total_energy, end_date_time }: Input): Record<string, unknown> {
  const [minute, seconds = ':00'] = [end_date_time.slice(0, 16), end_date_time.slice(16) || undefined];
  return {
    reason: reason.trim(),
    ...(tariff_id === '' ? {} : { tariff_id }),
    ...(total_energy === '' ? {} : { total_energy: Number(total_energy) }),
    ...(end_date_time === '' ? {} : { end_date_time: `${minute}${seconds}Z` }),
  };
}
