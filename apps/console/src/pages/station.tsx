import type { ComponentType } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { StationView } from '../api/views.js';
import { connectionText } from '../components/connection-text.js';
import { later } from '../components/later.js';
import { StationState } from '../components/station-state.js';
import { StationTransactions } from '../components/station-transactions.js';
import { ToldList } from '../components/told-list.js';
import { useLive } from '../live/use-live.js';
import { query, setQuery } from '../routing/location.js';
import { toField, toQr } from '../routing/paths.js';
import { ACCESS_TEXTS } from '../texts/access.js';
import { TEXTS } from '../texts.js';

const T = TEXTS.station;

const TABS = {
  state: StationState,
  frames: later(() => import('../components/frames/frames-tab.js').then(({ FramesTab }) => FramesTab)),
  transactions: StationTransactions,
  commands: later(() => import('../components/commands/command-tab.js').then(({ CommandTab }) => CommandTab)),
  configuration: later(() =>
    import('../components/configuration/configuration-tab.js').then(
      ({ ConfigurationTab }) => ConfigurationTab,
    ),
  ),
  security: later(() =>
    import('../components/security/security-tab.js').then(({ SecurityTab }) => SecurityTab),
  ),
  files: later(() => import('../components/files/files-tab.js').then(({ FilesTab }) => FilesTab)),
  partners: ToldList,
} as const satisfies Record<keyof typeof T.tabs, ComponentType<{ station: StationView }>>;

/** What is left of the chosen tab on a narrow screen, so that one sees that there is more. */
const EDGE_PX = 40;

type Tab = keyof typeof TABS;

const isTab = (name: string): name is Tab => Object.hasOwn(TABS, name);

/** One station: its state, what crossed its wire, what ran on it, and what can be asked of it. */
export function StationPage({ id }: { id: string }) {
  const { value: station, missing } = useLive<StationView>(
    `/stations/${encodeURIComponent(id)}`,
    ['station', 'transaction', 'session'],
    id,
  );
  const named = query.value.get('tab') ?? '';
  const tab: Tab = isTab(named) ? named : 'state';
  const tabs = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const chosen = tabs.current?.querySelector<HTMLElement>('[aria-selected="true"]');
    if (tabs.current && chosen)
      tabs.current.scrollLeft = chosen.offsetLeft - tabs.current.offsetLeft - EDGE_PX;
  }, [tab, station === undefined]);
  if (missing) return <main>{T.unknown(id)}</main>;
  if (station === undefined) return <main class="muted">{TEXTS.loading}</main>;
  const Content = TABS[tab];
  return (
    <main data-testid="station-page">
      <div class="title">
        <h2>{station.id}</h2>
        {station.name !== undefined && <span>{station.name}</span>}
        <span class={station.connected ? 'tone-good' : 'tone-bad'}>{connectionText(station)}</span>
        <span class="end buttons">
          <a href={toQr(id)}>{ACCESS_TEXTS.qr.link}</a>
          <a href={toField(id)}>{T.fieldPage}</a>
        </span>
      </div>
      <div class="tabs" role="tablist" ref={tabs}>
        {Object.keys(TABS)
          .filter(isTab)
          .map((name) => (
            <button
              key={name}
              type="button"
              role="tab"
              aria-selected={name === tab}
              onClick={() => setQuery('tab', name === 'state' ? '' : name)}
            >
              {T.tabs[name]}
            </button>
          ))}
      </div>
      <Content station={station} />
    </main>
  );
}
