import type { CdrView, DeliveryProgress, SessionView } from '../api/views.js';
import { ageOf, cost, energy } from '../format.js';
import { partnerNames } from '../live/picture.js';
import { toCdr, toStation, toTrace } from '../routing/paths.js';
import { CHARGING_TEXTS } from '../texts/charging.js';
import { TEXTS, type Tone } from '../texts.js';

export function SessionList({
  sessions,
  empty = TEXTS.noSessions,
}: {
  sessions: readonly SessionView[];
  empty?: string;
}) {
  return (
    <section>
      <h2>
        <a href="/charging">{TEXTS.sessions}</a>
      </h2>
      {sessions.length === 0 && <p class="empty">{empty}</p>}
      <ul class="rows">
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </ul>
    </section>
  );
}

export function CdrList({ cdrs, empty = TEXTS.noCdrs }: { cdrs: readonly CdrView[]; empty?: string }) {
  return (
    <section>
      <h2>
        <a href="/charging">{TEXTS.cdrs}</a>
      </h2>
      {cdrs.length === 0 && <p class="empty">{empty}</p>}
      <ul class="rows">
        {cdrs.map((cdr) => (
          <CdrRow key={cdr.id} cdr={cdr} />
        ))}
      </ul>
    </section>
  );
}

function SessionRow({ session }: { session: SessionView }) {
  const { id, status, kwh, total_cost, currency, last_updated } = session;
  const isOver = status === 'COMPLETED' || status === 'INVALID';
  return (
    <Row
      testId={`session-row-${id}`}
      href={toTrace(id)}
      id={id}
      status={status}
      tone={SESSION_TONES[status] ?? 'quiet'}
      place={[session.station_id, session.evse_uid]}
      at={last_updated}
      facts={[
        energy(kwh),
        cost(total_cost, currency) ?? (isOver ? TEXTS.noPrice : TEXTS.noPriceYet),
        toldText(session),
      ]}
    />
  );
}

function CdrRow({ cdr }: { cdr: CdrView }) {
  const { text, tone } = deliveryOf(cdr);
  return (
    <Row
      testId={`cdr-row-${cdr.id}`}
      href={toCdr(cdr.id)}
      id={cdr.id}
      status={text}
      tone={tone}
      place={[cdr.station_id, cdr.cdr_location.evse_uid]}
      at={cdr.end_date_time}
      facts={[
        energy(cdr.total_energy),
        cost(cdr.total_cost, cdr.currency) ?? TEXTS.noPrice,
        partnerName(cdr.partner_id),
      ]}
    />
  );
}

/** One session or CDR: how it stands and where on the first line, what it comes to and for whom on the second. */
function Row(row: {
  testId: string;
  /** Where the row leads. */
  href: string;
  id: string;
  status: string;
  tone: Tone;
  place: [stationId: string, evseUid: string];
  at: string;
  facts: [energy: string, cost: string, partner: string];
}) {
  const [stationId, evseUid] = row.place;
  const [kwh, price, partner] = row.facts;
  return (
    <li data-testid={row.testId} title={row.id}>
      <div class="row-line">
        <a class={`status tone-${row.tone}`} href={row.href}>
          <b>{row.status}</b>
        </a>
        <a href={toStation(stationId)}>{stationId}</a>
        <span class="muted shrink">{evseUid}</span>
        <span class="muted end" title={row.at}>
          {TEXTS.ago(ageOf(row.at))}
        </span>
      </div>
      <div class="row-line">
        <span class="figure">{kwh}</span>
        <span class="figure">{price}</span>
        <span class="muted end">{partner}</span>
      </div>
    </li>
  );
}

/** Whom it is told to, and how far. */
function toldText({ partner_id, delivery }: SessionView): string {
  const partner = partnerName(partner_id);
  return delivery === undefined ? partner : `${partner}: ${CHARGING_TEXTS.told[delivery.state]}`;
}

const SESSION_TONES: Record<string, Tone> = {
  ACTIVE: 'busy',
  COMPLETED: 'good',
  INVALID: 'bad',
  PENDING: 'waiting',
  RESERVATION: 'waiting',
};

const DELIVERY_TONES = {
  pending: 'waiting',
  acknowledged: 'good',
  parked: 'bad',
  discarded: 'quiet',
} as const satisfies Record<DeliveryProgress['state'], Tone>;

export function deliveryOf({ hold, delivery }: CdrView): { text: string; tone: Tone } {
  if (hold !== undefined) return { text: TEXTS.held(hold), tone: 'bad' };
  if (delivery === undefined) return { text: TEXTS.deliveryUnknown, tone: 'waiting' };
  return { text: TEXTS.delivery[delivery.state], tone: DELIVERY_TONES[delivery.state] };
}

function partnerName(id: string): string {
  return partnerNames.value.get(id) ?? id;
}
