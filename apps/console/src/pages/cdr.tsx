import type { CdrView, ExplanationView } from '../api/views.js';
import { Bill } from '../components/bill.js';
import { CdrActions } from '../components/cdr-actions.js';
import { deliveryOf } from '../components/charging-lists.js';
import { ChargingCurve } from '../components/curve/charging-curve.js';
import { Facts } from '../components/facts.js';
import { FrameRow } from '../components/frame-list.js';
import { clockTime, energy } from '../format.js';
import { partnerNames } from '../live/picture.js';
import { useLive } from '../live/use-live.js';
import { toCdr, toPartner, toStation, toTrace } from '../routing/paths.js';
import { CURVE_TEXTS } from '../texts/curve.js';
import { TEXTS } from '../texts.js';

const T = TEXTS.cdr;

/** A CDR as a bill, each line with the readings and frames that it comes from. */
export function CdrPage({ id }: { id: string }) {
  const path = `/cdrs/${encodeURIComponent(id)}`;
  const { value: cdr, missing } = useLive<CdrView>(path, ['cdr', 'delivery']);
  const { value: explanation } = useLive<ExplanationView>(`${path}/explain`, ['cdr']);
  if (missing) return <main>{T.unknown(id)}</main>;
  if (cdr === undefined) return <main class="muted">{TEXTS.loading}</main>;
  const state = deliveryOf(cdr);
  return (
    <main data-testid="cdr-page">
      <div class="title">
        <h2>{T.title}</h2>
        <b class={`tone-${state.tone}`}>{state.text}</b>
        <span class="muted shrink">{cdr.id}</span>
        <a class="end" href={toTrace(cdr.transaction_id)}>
          {T.trace}
        </a>
      </div>
      {cdr.hold_detail !== undefined && <p class="tone-bad">{cdr.hold_detail}</p>}
      {cdr.doubt !== undefined && <p class="tone-waiting">{cdr.doubt}</p>}
      {cdr.delivery?.last_error !== undefined && cdr.delivery.state !== 'acknowledged' && (
        <p class="tone-bad">{cdr.delivery.last_error}</p>
      )}
      {cdr.credit_reference_id !== undefined && (
        <p>
          <a href={toCdr(cdr.credit_reference_id)}>{T.isCredit(cdr.credit_reference_id)}</a>
        </p>
      )}
      {cdr.replaces !== undefined && (
        <p>
          <a href={toCdr(cdr.replaces)}>{T.replaces(cdr.replaces)}</a>
        </p>
      )}
      <Facts
        facts={[
          [T.from, clockTime(cdr.start_date_time)],
          [T.to, clockTime(cdr.end_date_time)],
          [T.energy, energy(cdr.total_energy)],
          [
            T.place,
            [cdr.cdr_location.name, cdr.cdr_location.address, cdr.cdr_location.city]
              .filter(Boolean)
              .join(', '),
          ],
          ['station', <a href={toStation(cdr.station_id)}>{cdr.station_id}</a>],
          ['EVSE', cdr.cdr_location.evse_uid],
          [
            T.partner,
            <a href={toPartner(cdr.partner_id)}>
              {partnerNames.value.get(cdr.partner_id) ?? cdr.partner_id}
            </a>,
          ],
          [T.token, cdr.cdr_token.uid],
          [T.contract, cdr.cdr_token.contract_id],
        ]}
      />
      {explanation !== undefined && <Bill explanation={explanation} />}
      <section>
        <h3>{CURVE_TEXTS.label}</h3>
        <div class="card">
          <ChargingCurve transactionId={cdr.transaction_id} stationId={cdr.station_id} />
        </div>
      </section>
      {explanation !== undefined && explanation.signed_data.length > 0 && (
        <section>
          <h3>{T.signed}</h3>
          <ul class="lines">
            {explanation.signed_data.map(({ at, context, encoding_method, verdict }) => (
              <li key={at + context}>
                {clockTime(at)} {context} {encoding_method}{' '}
                <b class={verdict === 'valid' ? 'tone-good' : 'tone-bad'}>{verdict}</b>
              </li>
            ))}
          </ul>
        </section>
      )}
      <CdrActions cdr={cdr} />
      {explanation !== undefined && (
        <section>
          <h3>{T.evidence}</h3>
          <ul class="rows frames">
            {explanation.frames.map((frame) => (
              <FrameRow key={frame.id} frame={frame} />
            ))}
          </ul>
        </section>
      )}
    </main>
  );
}
