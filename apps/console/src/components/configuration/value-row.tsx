import { useState } from 'preact/hooks';
import { callStation } from '../../api/act.js';
import type { ExpectationView } from '../../api/station-views.js';
import type { CallOutcomeView, StationView } from '../../api/views.js';
import { markOf, outcomeText, toneOfOutcome } from '../../commands/outcome-text.js';
import { isOcpp16 } from '../../commands/protocol.js';
import { ageOf } from '../../format.js';
import { statusIn } from '../../frames/pairs.js';
import { whyNotAllowed } from '../../live/whoami.js';
import { COMMAND_TEXTS } from '../../texts/commands.js';
import { CONFIGURATION_TEXTS as T } from '../../texts/configuration.js';
import { TEXTS } from '../../texts.js';
import { ActionButton } from '../action-button.js';
import { NewValue, type ValueKind } from './new-value.js';

const REBOOT_REQUIRED = 'RebootRequired';

/** One value of a station: what it is, how old, what is wanted, and the way to change it. */
export interface Row {
  name: string;
  value?: string | undefined;
  unit?: string | undefined;
  /** Marks that stand beside it, e.g. that it can only be read. */
  marks: readonly string[];
  toldAt?: string | undefined;
  expectation?: ExpectationView | undefined;
  /** Absent: it cannot be changed. */
  kind?: ValueKind;
}

interface Shown {
  station: StationView;
  row: Row;
  change: (value: string) => Promise<CallOutcomeView>;
}

export function ValueRow({ station, row, change }: Shown) {
  const [editing, setEditing] = useState(false);
  const [outcome, setOutcome] = useState<CallOutcomeView | string | undefined>();
  const { name, expectation, kind } = row;
  const differs = expectation?.set !== undefined;
  const denied = whyNotAllowed('field');
  const set = async (value: string) => {
    if (!confirm(T.confirm(name, value, station.id))) return;
    setEditing(false);
    setOutcome(COMMAND_TEXTS.waiting);
    try {
      setOutcome(await change(value));
    } catch (error) {
      setOutcome(`✗ ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  return (
    <li class={differs ? 'differs' : ''} data-testid={`value-${name}`}>
      <b>{name}</b>
      <span>
        {row.value === undefined ? <span class="muted">{T.noValue}</span> : row.value}
        {row.unit !== undefined && ` ${row.unit}`}
      </span>
      <span class="muted">
        {[...row.marks, row.toldAt === undefined ? undefined : TEXTS.ago(ageOf(row.toldAt))]
          .filter((part) => part !== undefined)
          .join(' · ')}
      </span>
      {expectation !== undefined && (
        <span class={`whole tone-${differs ? 'waiting' : 'good'}`}>
          {differs ? T.differs(expectation.wanted) : T.asWanted(expectation.wanted)}
        </span>
      )}
      {kind !== undefined && (
        <span class="buttons">
          {differs && expectation?.set !== undefined && (
            <button
              type="button"
              disabled={denied !== undefined}
              title={denied}
              onClick={() => set(expectation.set ?? '')}
            >
              {T.setTo(expectation.set)}
            </button>
          )}
          {!editing && (
            <button
              type="button"
              aria-label={T.changeOf(name)}
              disabled={denied !== undefined}
              title={denied}
              onClick={() => setEditing(true)}
            >
              {T.change}
            </button>
          )}
        </span>
      )}
      {editing && kind !== undefined && (
        <NewValue
          name={name}
          kind={kind}
          value={row.value ?? ''}
          onSave={set}
          onCancel={() => setEditing(false)}
        />
      )}
      <output class="whole">
        {outcome !== undefined && <Outcome station={station} outcome={outcome} />}
      </output>
    </li>
  );
}

function Outcome({ station, outcome }: { station: StationView; outcome: CallOutcomeView | string }) {
  if (typeof outcome === 'string') return <>{outcome}</>;
  const tone = toneOfOutcome(outcome);
  const status = statusIn(outcome.payload) ?? outcomeText(outcome);
  return (
    <>
      <span class={`tone-${tone}`}>
        {markOf(tone)} {status}
      </span>
      {status === REBOOT_REQUIRED && (
        <>
          {' '}
          {T.rebootNeeded}{' '}
          <ActionButton
            label={T.restart}
            needs="field"
            confirm={T.restartConfirm(station.id)}
            act={async () => {
              const type = isOcpp16(station.protocol) ? 'Soft' : 'OnIdle';
              return outcomeText(await callStation(station.id, 'Reset', { type }));
            }}
          />
        </>
      )}
    </>
  );
}
