import type { AttentionView, EvseStatus, Page, PartnerView } from '../api/views.js';
import { AttentionList } from '../components/attention-list.js';
import { CdrList, SessionList } from '../components/charging-lists.js';
import { LaneList } from '../components/lane-list.js';
import { later } from '../components/later.js';
import { Tile } from '../components/tile.js';
import { power } from '../format.js';
import { cdrs, connectedCount, sessions, stations } from '../live/picture.js';
import { UNTOLD_S, useEvery } from '../live/use-every.js';
import { useLive } from '../live/use-live.js';
import { EVSE_STATUS_TEXTS, TEXTS } from '../texts.js';

const T = TEXTS.overview;
const NEWEST = 6;
const Now = later(() => import('../components/overview/now.js').then(({ Now }) => Now));

/** How the whole fleet is, and what a person must look at first. */
export function OverviewPage() {
  const attention = useLive<Page<AttentionView>>('/attention?limit=200', ['attention']);
  const partners = useLive<Page<PartnerView>>('/partners', ['partner', 'delivery']);
  useEvery(UNTOLD_S, partners.again);
  const open = (attention.value?.items ?? []).filter(({ resolved_at }) => resolved_at === undefined);
  const lanes = partners.value?.items ?? [];
  const evses = [...stations.value.values()].flatMap((station) => station.evses);
  const counts = new Map<EvseStatus, number>();
  for (const { status } of evses) counts.set(status, (counts.get(status) ?? 0) + 1);
  const running = evses.filter(({ transaction_id }) => transaction_id !== undefined).length;
  const watts = evses.reduce((sum, { power_w }) => sum + (power_w ?? 0), 0);
  const backlog = lanes.reduce((sum, partner) => sum + partner.backlog, 0);
  const away = stations.value.size - connectedCount.value;
  return (
    <main>
      <ul class="tiles">
        <Tile href="/stations" figure={connectedCount.value} label={T.connected} tone="good" />
        <Tile
          href="/stations?show=offline"
          figure={away}
          label={T.notConnected}
          tone={away > 0 ? 'bad' : 'quiet'}
        />
        <Tile
          href="/attention"
          figure={open.length}
          label={T.attention}
          tone={open.length > 0 ? 'waiting' : 'quiet'}
        />
        <Tile href="/charging" figure={running} label={T.openTransactions} tone="busy" />
        <Tile href="/stations?show=charging" figure={power(watts)} label={T.powerNow} tone="busy" />
        <Tile href="/partners" figure={backlog} label={T.toBeTold} tone={backlog > 0 ? 'waiting' : 'quiet'} />
      </ul>
      <section>
        <h2>{T.evses}</h2>
        <ul class="evses">
          {Object.entries(EVSE_STATUS_TEXTS).flatMap(([status, { letter, word, tone }]) => {
            const count = counts.get(status as EvseStatus);
            if (count === undefined) return [];
            return (
              <li key={status}>
                <a class={`chip tone-${tone}`} href={`/stations?filter=${status}`}>
                  <span class="letter" aria-hidden="true">
                    {letter}
                  </span>
                  <span>
                    <b>{count}</b> {word}
                  </span>
                </a>
              </li>
            );
          })}
        </ul>
      </section>
      <div class="columns">
        <section>
          <h2>
            <a href="/attention">{T.newestAttention}</a>
          </h2>
          {open.length === 0 ? (
            <p class="tone-good">✓ {T.nothing}</p>
          ) : (
            <AttentionList items={open.slice(0, NEWEST)} onResolved={attention.again} />
          )}
        </section>
        <section>
          <h2>
            <a href="/partners">{T.lanes}</a>
          </h2>
          <LaneList partners={lanes} />
        </section>
      </div>
      <Now />
      <div class="columns">
        <SessionList sessions={sessions.value.slice(0, NEWEST)} />
        <CdrList cdrs={cdrs.value.slice(0, NEWEST)} />
      </div>
    </main>
  );
}
