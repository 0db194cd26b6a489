import type { BillLine, ExplanationView, RegisterView } from '../api/views.js';
import { clockTime, cost, words } from '../format.js';
import { TEXTS } from '../texts.js';

const T = TEXTS.cdr;

const UNITS: Readonly<Record<string, string>> = {
  ENERGY: 'kWh',
  TIME: 'h',
  PARKING_TIME: 'h',
  RESERVATION: 'h',
};

/** The lines of a bill; together they are the total. */
export function Bill({ explanation }: { explanation: ExplanationView }) {
  const { lines, currency, total_cost, adds_up, unpriceable, frames } = explanation;
  const known = new Set(frames.map(({ id }) => id));
  if (unpriceable) return <p class="tone-bad">{unpriceable.detail}</p>;
  return (
    <section>
      <table class="bill" data-testid="bill">
        <thead>
          <tr>
            <th>{T.columns.what}</th>
            <th class="number">{T.columns.volume}</th>
            <th class="number">{T.columns.price}</th>
            <th class="number">{T.columns.amount}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, i) => (
            <Line key={`${i} ${line.from}`} line={line} known={known} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th colSpan={3}>{T.total}</th>
            <td class="number" data-testid="bill-total">
              {total_cost === undefined ? TEXTS.noPrice : `${total_cost.excl_vat.toFixed(2)} ${currency}`}
            </td>
          </tr>
          {total_cost?.incl_vat !== undefined && (
            <tr>
              <th colSpan={3}>{cost(total_cost, currency)}</th>
              <td class="number">
                {T.vat} {(total_cost.incl_vat - total_cost.excl_vat).toFixed(2)}
              </td>
            </tr>
          )}
        </tfoot>
      </table>
      <p class={adds_up ? 'tone-good' : 'tone-bad'} data-testid="bill-adds-up">
        {adds_up ? `✓ ${T.addsUp}` : `! ${T.addsUpNot}`}
      </p>
    </section>
  );
}

function Line({ line, known }: { line: BillLine; known: ReadonlySet<string | undefined> }) {
  const { dimension, why, volume, billed_volume, price, amount_excl_vat, vat, element } = line;
  const unit = UNITS[dimension] ?? '';
  return (
    <tr>
      <td>
        <details>
          <summary>
            <b>{words(dimension)}</b>
          </summary>
          <ul class="lines">
            <li class="muted">{why}</li>
            <li>
              {clockTime(line.from)} – {clockTime(line.to)}
              {element !== undefined && ` · ${T.element(element)}`}
              {line.tariff_member !== undefined && ` · ${line.tariff_member}`}
            </li>
            {line.begin && <Register register={line.begin} known={known} />}
            {line.end && <Register register={line.end} known={known} />}
            {line.states.map(({ at, state, frame_id }) => (
              <li key={at + state}>
                <FrameLink id={frame_id} known={known} text={`${state} at ${clockTime(at)}`} />
              </li>
            ))}
          </ul>
        </details>
      </td>
      <td class="number">
        {unit === '' ? billed_volume : `${round(billed_volume)} ${unit}`}
        {billed_volume !== volume && <span class="muted"> ({round(volume)})</span>}
      </td>
      <td class="number">{price ?? ''}</td>
      <td class="number">
        {amount_excl_vat}
        {vat !== undefined && <span class="muted"> +{vat} %</span>}
      </td>
    </tr>
  );
}

function Register({ register, known }: { register: RegisterView; known: ReadonlySet<string | undefined> }) {
  return (
    <>
      {register.readings.map(({ at, wh, frame_id, context }) => (
        <li key={`${at}${wh}`}>
          <FrameLink id={frame_id} known={known} text={T.reading(wh, clockTime(at))} />{' '}
          <span class="muted">{context}</span>
        </li>
      ))}
    </>
  );
}

function FrameLink({
  id,
  known,
  text,
}: {
  id: string | undefined;
  known: ReadonlySet<string | undefined>;
  text: string;
}) {
  if (id === undefined || !known.has(id)) return <span>{text}</span>;
  return (
    <button
      type="button"
      class="link"
      onClick={() => {
        const row = document.getElementById(`frame-${id}`);
        row?.querySelector('details')?.setAttribute('open', '');
        row?.scrollIntoView({ behavior: 'smooth', block: 'center' });
      }}
    >
      {text}
    </button>
  );
}

function round(volume: number): string {
  return Number(volume.toFixed(4)).toString();
}
