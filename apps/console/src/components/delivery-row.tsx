import { act } from '../api/act.js';
import type { DeliveryView, PartnerView } from '../api/views.js';
import { ageOf, duration, secondsSince } from '../format.js';
import { partnerNames } from '../live/picture.js';
import { toCdr, toPartner, toTrace } from '../routing/paths.js';
import { DELIVERY_TEXTS as T } from '../texts/deliveries.js';
import { TEXTS, type Tone } from '../texts.js';
import { ActionButton } from './action-button.js';

const TONES = {
  pending: 'waiting',
  acknowledged: 'good',
  parked: 'bad',
  discarded: 'quiet',
} as const satisfies Record<DeliveryView['state'], Tone>;

export function isUntold({ state }: DeliveryView): boolean {
  return state === 'pending' || state === 'parked';
}

/** One object that a partner was told or is to be told: how it stands, why, and when it is tried next. */
export function DeliveryRow({
  delivery,
  partner,
  onDecided,
}: {
  delivery: DeliveryView;
  /** Absent = not read yet. */
  partner: PartnerView | undefined;
  onDecided: () => void;
}) {
  const { id, partner_id, kind, key, state, attempts, last_error } = delivery;
  const decide = (verb: 'retry' | 'discard') => async () => {
    await act('POST', `/deliveries/${encodeURIComponent(id)}/${verb}`);
    onDecided();
    return undefined;
  };
  return (
    <li data-testid={`delivery-row-${id}`}>
      <div class="row-line">
        <b class={`tone-${TONES[state]}`}>{TEXTS.delivery[state]}</b>
        <a href={toPartner(partner_id)}>{partnerNames.value.get(partner_id) ?? partner_id}</a>
        <span class="muted end">
          {attempts > 0 && `${T.attempts(attempts)} · `}
          {whenText(delivery, partner)}
        </span>
      </div>
      <p>
        {kind} <ObjectLink kind={kind} name={key} />
      </p>
      {last_error !== undefined && state !== 'acknowledged' && <p class="tone-bad">{last_error}</p>}
      {isUntold(delivery) && (
        <p class="buttons">
          <ActionButton label={TEXTS.partners.retry} needs="admin" act={decide('retry')} />
          <ActionButton
            label={TEXTS.partners.discard}
            needs="admin"
            confirm={TEXTS.command.confirm(TEXTS.partners.discard, `${kind} ${key}`)}
            act={decide('discard')}
          />
        </p>
      )}
    </li>
  );
}

function ObjectLink({ kind, name }: { kind: string; name: string }) {
  if (kind === 'cdr') return <a href={toCdr(name)}>{name}</a>;
  if (kind === 'session') return <a href={toTrace(name)}>{name}</a>;
  return <>{name}</>;
}

function whenText(
  { state, due_at, acknowledged_at }: DeliveryView,
  partner: PartnerView | undefined,
): string {
  if (state === 'acknowledged')
    return acknowledged_at === undefined ? '' : T.acknowledgedAgo(ageOf(acknowledged_at));
  if (state !== 'pending') return T.waitsForPerson;
  if (partner?.paused === true) return T.waitsForResume;
  // A lane whose partner does not answer tries one request when its pause is over.
  const pausedUntil = partner?.lane.state === 'paused' ? partner.lane.paused_until : undefined;
  const seconds = Math.max(-secondsSince(due_at), pausedUntil === undefined ? 0 : -secondsSince(pausedUntil));
  const when = T.nextTry(seconds <= 0 ? T.now : T.inTime(duration(seconds)));
  return pausedUntil === undefined ? when : `${T.noAnswer} · ${when}`;
}
