import type { ComponentChildren } from 'preact';
import type { CdrView, SessionView } from '../api/views.js';
import { ageOf, cost, energy } from '../format.js';
import { cdrs, partnerNames, sessions } from '../live/picture.js';
import { TEXTS, type Tone } from '../texts.js';

const { columns } = TEXTS;

export function SessionList() {
  return (
    <section>
      <h2>{TEXTS.sessions}</h2>
      {sessions.value.length === 0 && <p class="empty">{TEXTS.noSessions}</p>}
      <ul class="rows">
        {sessions.value.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </ul>
    </section>
  );
}

export function CdrList() {
  return (
    <section>
      <h2>{TEXTS.cdrs}</h2>
      {cdrs.value.length === 0 && <p class="empty">{TEXTS.noCdrs}</p>}
      <ul class="rows">
        {cdrs.value.map((cdr) => (
          <CdrRow key={cdr.id} cdr={cdr} />
        ))}
      </ul>
    </section>
  );
}

function SessionRow({ session }: { session: SessionView }) {
  return (
    <li data-testid={`session-row-${session.id}`} title={session.id}>
      <Cell label={columns.status} tone={SESSION_TONES[session.status] ?? 'quiet'}>
        {session.status}
      </Cell>
      <Cell label={columns.station}>{session.station_id}</Cell>
      <Cell label={columns.evse}>{session.evse_uid}</Cell>
      <Cell label={columns.energy}>{energy(session.kwh)}</Cell>
      <Cell label={columns.cost}>{cost(session.total_cost, session.currency)}</Cell>
      <Cell label={columns.partner}>{partnerName(session.partner_id)}</Cell>
      <Cell label={columns.age}>{ageOf(session.last_updated)}</Cell>
    </li>
  );
}

function CdrRow({ cdr }: { cdr: CdrView }) {
  const delivery = deliveryOf(cdr);
  return (
    <li data-testid={`cdr-row-${cdr.id}`} title={cdr.id}>
      <Cell label={columns.delivery} tone={delivery.tone}>
        {delivery.text}
      </Cell>
      <Cell label={columns.station}>{cdr.station_id}</Cell>
      <Cell label={columns.evse}>{cdr.cdr_location.evse_uid}</Cell>
      <Cell label={columns.energy}>{energy(cdr.total_energy)}</Cell>
      <Cell label={columns.cost}>{cost(cdr.total_cost, cdr.currency)}</Cell>
      <Cell label={columns.partner}>{partnerName(cdr.partner_id)}</Cell>
      <Cell label={columns.age}>{ageOf(cdr.end_date_time)}</Cell>
    </li>
  );
}

function Cell({ label, tone, children }: { label: string; tone?: Tone; children: ComponentChildren }) {
  return (
    <span class="cell">
      <span class="label">{label}</span>{' '}
      <span class={tone === undefined ? '' : `tone-${tone}`}>{children}</span>
    </span>
  );
}

const SESSION_TONES: Record<string, Tone> = {
  ACTIVE: 'busy',
  COMPLETED: 'good',
  INVALID: 'bad',
  PENDING: 'waiting',
  RESERVATION: 'waiting',
};

const DELIVERY_TONES = { pending: 'waiting', acknowledged: 'good', parked: 'bad' } as const;

function deliveryOf({ hold, delivery }: CdrView): { text: string; tone: Tone } {
  if (hold !== undefined) return { text: TEXTS.held(hold), tone: 'bad' };
  if (delivery === undefined) return { text: TEXTS.deliveryUnknown, tone: 'waiting' };
  return { text: TEXTS.delivery[delivery.state], tone: DELIVERY_TONES[delivery.state] };
}

function partnerName(id: string): string {
  return partnerNames.value.get(id) ?? id;
}
