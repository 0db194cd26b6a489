import { callStation } from '../../api/act.js';
import type { ConfigurationView, StationSecurity } from '../../api/station-views.js';
import type { StationView } from '../../api/views.js';
import { outcomeText } from '../../commands/outcome-text.js';
import { ageOf } from '../../format.js';
import { useLive } from '../../live/use-live.js';
import { CONFIGURATION_TEXTS as T } from '../../texts/configuration.js';
import { TEXTS } from '../../texts.js';
import { Waiting } from '../waiting.js';
import { findText, onlyDifferences, Toolbar } from './toolbar.js';
import { type Row, ValueRow } from './value-row.js';

/** Longest value of ChangeConfiguration. */
const VALUE_MAX = 500;
const BOOLEAN = /^(true|false)$/i;
const WHOLE = /^-?\d+$/;

/** The configuration keys of an OCPP 1.6 station, what differs first. */
export function KeyList({ station }: { station: StationView & Partial<StationSecurity> }) {
  const path = `/stations/${encodeURIComponent(station.id)}`;
  const live = useLive<ConfigurationView>(`${path}/configuration`, ['station'], station.id);
  const read = async () => {
    const outcome = await callStation(station.id, 'GetConfiguration', {});
    live.again();
    return outcome.outcome === 'result' ? TEXTS.command.outcome.result : outcomeText(outcome);
  };
  const change = (key: string) => async (value: string) => {
    const outcome = await callStation(station.id, 'ChangeConfiguration', { key, value });
    live.again();
    return outcome;
  };
  const told = live.value;
  const rows = told === undefined ? [] : rowsOf(told);
  const wanted = findText();
  const shown = rows.filter(
    ({ name, value, expectation }) =>
      (!onlyDifferences() || expectation?.set !== undefined) &&
      `${name} ${value ?? ''}`.toLowerCase().includes(wanted),
  );
  return (
    <section class="tab">
      <Toolbar read={read}>
        {told !== undefined && (
          <p class="muted">
            {T.readAt(ageOf(told.read_at))}
            {' · '}
            {T.summary(rows.length, rows.filter(({ expectation }) => expectation?.set !== undefined).length)}
            {station.configuration_template !== undefined &&
              ` · ${T.template(station.configuration_template)}`}
          </p>
        )}
        {told !== undefined && Object.keys(told.expectations).length === 0 && (
          <p class="muted">{T.nothingWanted}</p>
        )}
      </Toolbar>
      {told === undefined && (live.missing ? <p class="empty">{T.neverRead}</p> : <Waiting live={live} />)}
      {told !== undefined && shown.length === 0 && <p class="empty">{T.noMatch}</p>}
      <ul class="values">
        {shown.map((row) => (
          <ValueRow key={row.name} station={station} row={row} change={change(row.name)} />
        ))}
      </ul>
      {told !== undefined && <Changes told={told} />}
    </section>
  );
}

function Changes({ told }: { told: ConfigurationView }) {
  return (
    <section>
      <h3>{T.changes}</h3>
      {told.set.length === 0 && <p class="empty">{T.noChanges}</p>}
      <ul class="rows">
        {told.set.toReversed().map(({ key, from, to, answer, at }) => (
          <li key={`${key}${at}`} class="row-line">
            <b>{key}</b>
            <span class="shrink">{T.changed(from, to)}</span>
            <span class={`tone-${answer === 'accepted' ? 'good' : 'waiting'}`}>{T.answers[answer]}</span>
            <span class="muted end" title={at}>
              {TEXTS.ago(ageOf(at))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Every key that the charger told or that something is wanted of. */
function rowsOf({ values, expectations, unknown_keys, read_at }: ConfigurationView): Row[] {
  const names = new Set([...Object.keys(expectations), ...Object.keys(values), ...unknown_keys]);
  const rows = [...names].sort().map((name): Row => {
    const known = values[name];
    const changeable = known !== undefined && !known.readonly;
    return {
      name,
      value: known?.value,
      marks: known === undefined ? [T.notThere] : known.readonly ? [T.readOnly] : [],
      toldAt: known?.told_at ?? (known === undefined ? undefined : read_at),
      expectation: expectations[name],
      ...(changeable ? { kind: kindOf(known.value) } : {}),
    };
  });
  const differs = ({ expectation }: Row) => expectation?.set !== undefined;
  const rank = (row: Row) => (differs(row) ? 0 : row.toldAt === undefined ? 2 : 1);
  return rows.sort((one, other) => rank(one) - rank(other));
}

/** Keys have no type: a value is entered like the one that is there. */
function kindOf(value: string | undefined): NonNullable<Row['kind']> {
  if (value !== undefined && BOOLEAN.test(value)) return { words: ['true', 'false'] };
  return { number: value !== undefined && WHOLE.test(value), maxLength: VALUE_MAX };
}
