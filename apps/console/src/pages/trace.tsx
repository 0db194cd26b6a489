import type { SessionView, TraceEntryView, TraceView } from '../api/views.js';
import { deliveryOf } from '../components/charging-lists.js';
import { ExchangeRow } from '../components/exchange-list.js';
import { FrameRow } from '../components/frame-list.js';
import { clockTime, cost, energy, words } from '../format.js';
import { partnerNames } from '../live/picture.js';
import { useLive } from '../live/use-live.js';
import { toCdr, toPartner, toStation } from '../routing/paths.js';
import { TEXTS } from '../texts.js';

const T = TEXTS.trace;

/** One timeline of all that belongs together: frames, decisions, documents, exchanges. */
export function TracePage({ id }: { id: string }) {
  const { value: trace, missing } = useLive<TraceView>(`/trace/${encodeURIComponent(id)}`, [
    'transaction',
    'session',
    'cdr',
    'delivery',
  ]);
  if (missing) return <main>{T.unknown}</main>;
  if (trace === undefined) return <main class="muted">{TEXTS.loading}</main>;
  const { transaction, entries, truncated } = trace;
  return (
    <main data-testid="trace-page">
      <div class="title">
        <h2>{T.title}</h2>
        {transaction && <a href={toStation(transaction.station_id)}>{transaction.station_id}</a>}
        {transaction && <span class="figure">{energy(transaction.energy_wh / 1_000)}</span>}
        <span class="muted shrink whole">{trace.correlation_id}</span>
      </div>
      {truncated && <p class="tone-waiting">{T.truncated}</p>}
      <ul class="rows frames timeline">
        {entries.map((entry, i) => (
          <Entry key={`${i} ${entry.at}`} entry={entry} />
        ))}
      </ul>
    </main>
  );
}

function Entry({ entry }: { entry: TraceEntryView }) {
  const { at, kind, frame, exchange } = entry;
  if (frame) return <FrameRow frame={frame} />;
  if (exchange) return <ExchangeRow exchange={exchange} />;
  return (
    <li class={`entry-${kind}`}>
      <div class="row-line">
        <span class="muted time" title={at}>
          {clockTime(at)}
        </span>
        <span class="arrow" aria-hidden="true">
          ●
        </span>
        <b>{T.kinds[kind]}</b>
        <EntryText entry={entry} />
      </div>
    </li>
  );
}

function EntryText({ entry }: { entry: TraceEntryView }) {
  const { decision, command, session, cdr, delivery, attention } = entry;
  if (decision) {
    const { event, auth_method, partner_id, refused, flags } = decision;
    return (
      <>
        <span>{event}</span>
        {refused === true && <span class="tone-bad">{T.refused}</span>}
        {partner_id !== undefined && <PartnerLink id={partner_id} />}
        <span class="muted">
          {[auth_method, ...(flags ?? [])]
            .filter(Boolean)
            .map((text) => words(text ?? ''))
            .join(' · ')}
        </span>
      </>
    );
  }
  if (command) {
    return (
      <>
        <span>{words(command.command)}</span>
        <PartnerLink id={command.partner_id} />
        <span class="muted">{command.result ?? command.state}</span>
      </>
    );
  }
  if (session) return <SessionText session={session} />;
  if (cdr) {
    const { text, tone } = deliveryOf(cdr);
    return (
      <>
        <a href={toCdr(cdr.id)}>{cost(cdr.total_cost, cdr.currency) ?? TEXTS.noPrice}</a>
        <PartnerLink id={cdr.partner_id} />
        <span class={`end tone-${tone}`}>{text}</span>
      </>
    );
  }
  if (delivery) {
    return (
      <>
        <span>{delivery.kind}</span>
        <PartnerLink id={delivery.partner_id} />
        <span class={delivery.state === 'parked' ? 'tone-bad end' : 'muted end'}>
          {TEXTS.delivery[delivery.state]}
        </span>
      </>
    );
  }
  return <span>{attention?.message}</span>;
}

function SessionText({ session }: { session: SessionView }) {
  return (
    <>
      <span>{session.status}</span>
      <span>{energy(session.kwh)}</span>
      <span>{cost(session.total_cost, session.currency) ?? TEXTS.noPriceYet}</span>
      <PartnerLink id={session.partner_id} />
    </>
  );
}

function PartnerLink({ id }: { id: string }) {
  return <a href={toPartner(id)}>{partnerNames.value.get(id) ?? id}</a>;
}
