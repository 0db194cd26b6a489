import { callStation } from '../../api/act.js';
import { readAll } from '../../api/read.js';
import type { StationSecurity, VariableView } from '../../api/station-views.js';
import type { StationView } from '../../api/views.js';
import { outcomeText } from '../../commands/outcome-text.js';
import { newId } from '../../commands/prefill.js';
import { ageOf } from '../../format.js';
import { useLive } from '../../live/use-live.js';
import { CONFIGURATION_TEXTS as T } from '../../texts/configuration.js';
import { Waiting } from '../waiting.js';
import { ReportList } from './report-list.js';
import { findText, onlyDifferences, Toolbar } from './toolbar.js';
import { ValueRow } from './value-row.js';
import { componentName, rowOf, setCall } from './variable.js';

const SHOWN = 400;

/** The device model of a station, component by component, what differs first. */
export function VariableList({ station }: { station: StationView & Partial<StationSecurity> }) {
  const path = `/stations/${encodeURIComponent(station.id)}/device-model?limit=500`;
  const live = useLive<VariableView[]>(path, ['station'], station.id, readAll);
  const read = async () => {
    const asked = { requestId: newId(), reportBase: 'FullInventory' };
    const outcome = await callStation(station.id, 'GetBaseReport', asked);
    return outcome.payload?.status === 'Accepted' ? T.asked : outcomeText(outcome);
  };
  const change = (variable: VariableView) => async (value: string) => {
    const outcome = await callStation(station.id, 'SetVariables', setCall(variable, value));
    live.again();
    return outcome;
  };
  const all = live.value ?? [];
  const wanted = findText();
  const shown = all.filter(
    (variable) =>
      (!onlyDifferences() || variable.expectation?.set !== undefined) &&
      searchText(variable).includes(wanted),
  );
  const differing = all.filter(({ expectation }) => expectation?.set !== undefined).length;
  return (
    <section class="tab">
      <Toolbar read={read}>
        {all.length > 0 && (
          <p class="muted">
            {T.readAt(ageOf(newest(all) ?? ''))} · {T.summary(all.length, differing)}
            {station.configuration_template !== undefined &&
              ` · ${T.template(station.configuration_template)}`}
          </p>
        )}
        {all.length > 0 && all.every(({ expectation }) => expectation === undefined) && (
          <p class="muted">{T.nothingWanted}</p>
        )}
      </Toolbar>
      {live.value === undefined && <Waiting live={live} />}
      {live.value !== undefined && all.length === 0 && <p class="empty">{T.neverReported}</p>}
      {all.length > 0 && shown.length === 0 && <p class="empty">{T.noMatch}</p>}
      {byComponent(shown.slice(0, SHOWN)).map(([name, variables]) => (
        <section key={name}>
          <h3>{name}</h3>
          <ul class="values">
            {variables.map((variable) => (
              <ValueRow
                key={JSON.stringify(variable.variable)}
                station={station}
                row={rowOf(variable)}
                change={change(variable)}
              />
            ))}
          </ul>
        </section>
      ))}
      {shown.length > SHOWN && <p class="empty">{T.more(shown.length - SHOWN)}</p>}
      <ReportList station={station} />
    </section>
  );
}

function byComponent(variables: readonly VariableView[]): [string, VariableView[]][] {
  const groups = new Map<string, VariableView[]>();
  for (const variable of variables) {
    const name = componentName(variable);
    groups.set(name, [...(groups.get(name) ?? []), variable]);
  }
  const rank = (group: readonly VariableView[]) =>
    group.some(({ expectation }) => expectation?.set !== undefined) ? 0 : 1;
  return [...groups].sort(([, one], [, other]) => rank(one) - rank(other));
}

function newest(variables: readonly VariableView[]): string | undefined {
  return variables
    .flatMap(({ attributes }) => attributes.map(({ told_at }) => told_at))
    .sort()
    .at(-1);
}

function searchText(variable: VariableView): string {
  const values = variable.attributes.map(({ value }) => value ?? '');
  const { name, instance = '' } = variable.variable;
  return [componentName(variable), `${variable.component.name}.${name}`, instance, ...values]
    .join(' ')
    .toLowerCase();
}
