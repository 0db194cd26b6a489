import type { PartnerView } from '../api/views.js';
import { ageOf } from '../format.js';
import { toDeliveries, toPartner } from '../routing/paths.js';
import { DELIVERY_TEXTS } from '../texts/deliveries.js';
import { TEXTS, type Tone } from '../texts.js';

const T = TEXTS.partners;

const LANE_TONES = {
  idle: 'good',
  working: 'busy',
  waiting: 'waiting',
  paused: 'bad',
} as const satisfies Record<PartnerView['lane']['state'], Tone>;

const UP_TO_DATE = { state: 'idle' } as const;

/** How the partners are being told. */
export function LaneList({ partners }: { partners: readonly PartnerView[] }) {
  if (partners.length === 0) return <p class="empty">{T.none}</p>;
  return (
    <ul class="rows">
      {partners.map((partner) => (
        <li key={partner.id} data-testid={`partner-row-${partner.id}`}>
          <div class="row-line">
            <b>
              <a href={toPartner(partner.id)}>{partner.name}</a>
            </b>
            <span class="muted">{partner.version === undefined ? '' : `OCPI ${partner.version}`}</span>
            <LaneState partner={partner} />
            <a
              class={partner.backlog === 0 ? 'muted end' : 'tone-waiting end'}
              href={toDeliveries(partner.id)}
            >
              {T.backlog(partner.backlog)}
            </a>
          </div>
          {partner.lane.last_error !== undefined && partner.lane.failures > 0 && (
            <p class="tone-bad">{partner.lane.last_error}</p>
          )}
          <p class="muted">
            {T.lastSuccess}:{' '}
            {partner.last_success_at === undefined ? T.never : TEXTS.ago(ageOf(partner.last_success_at))}
            {partner.version !== undefined && (
              <>
                {' · '}
                <a href={`${toPartner(partner.id)}#downgrades`}>{DELIVERY_TEXTS.downgrades}</a>
              </>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}

/** The state of a partner's lane in a word. */
export function LaneState({ partner }: { partner: PartnerView }) {
  if (partner.status !== 'registered') return <span class="tone-quiet">{T.status[partner.status]}</span>;
  if (partner.paused) return <span class="tone-waiting">{T.paused}</span>;
  // A lane waits for the next due time; when nothing is due the partner knows everything.
  const { state } = partner.backlog === 0 && partner.lane.state === 'waiting' ? UP_TO_DATE : partner.lane;
  return <span class={`tone-${LANE_TONES[state]}`}>{T.lane[state]}</span>;
}
