import type { EpochMs, Location, Tariff } from '@roambridge/domain';
import type { Background } from '../background.js';
import type { PartnerDirectory } from '../partners/directory.js';
import type { Clock } from '../ports/clock.js';
import type { PartnerLink } from '../ports/partner-link.js';
import type { Store } from '../ports/store.js';
import { connectorsWithTariffs } from './connectors-naming.js';

/** Tariffs read from the database at a time. */
const PAGE = 200;
/** Changed tariffs are collected for this time: many may be entered at once. */
const LINGER_MS = 1_000;
/** Timers are set no further ahead. */
const MAX_WAIT_MS = 24 * 3_600_000;

export interface TariffTurnPorts {
  store: Store;
  clock: Clock;
  background: Background;
  partners: PartnerDirectory;
  partnerLink: () => PartnerLink;
  /** Tells the partners that can name one tariff only which one it is now. */
  retell: (location: Location) => Promise<void>;
}

/**
 * A connector with several tariffs changes its price when one of them begins or ends. Partners that are told all of them
 * know when (OCPI TA-04); those that are told the tariff of now have to be told again (MP-03).
 */
export interface TariffTurns {
  start(): void;
  /** A tariff was entered, or counts at other times or for other sessions than before. */
  turned(tariff: Tariff): void;
}

const momentsOf = ({ start_date_time, end_date_time }: Tariff): EpochMs[] =>
  [start_date_time, end_date_time].flatMap((at) => (at === undefined ? [] : [Date.parse(at)]));

const keyOf = ({ country_code, party_id }: Location | Tariff, id: string) =>
  `${country_code}/${party_id}/${id}`.toLowerCase();

export function createTariffTurns(ports: TariffTurnPorts): TariffTurns {
  const { store, clock, background } = ports;
  let next = Number.POSITIVE_INFINITY;
  let cancel: (() => void) | undefined;
  /** When all that had turned was told; before, the times of the locations tell what was. */
  let lookedAt: EpochMs | undefined;
  const changed = new Set<string>();

  function waitFor(at: EpochMs): void {
    if (at >= next) return;
    cancel?.();
    next = at;
    cancel = clock.after(Math.min(Math.max(0, at - clock.now()), MAX_WAIT_MS), () => {
      next = Number.POSITIVE_INFINITY;
      background.persist(look, 'tariffs that began or ended not told');
    });
  }

  async function look(): Promise<void> {
    const now = clock.now();
    const entered = [...changed];
    const turned = new Map<string, EpochMs>();
    for await (const tariff of allTariffs(store)) {
      for (const at of momentsOf(tariff)) {
        const key = keyOf(tariff, tariff.id);
        if (at > now) waitFor(at);
        else turned.set(key, Math.max(at, turned.get(key) ?? at));
      }
    }
    for (const key of entered) turned.set(key, Number.POSITIVE_INFINITY);
    await tell(turned);
    for (const key of entered) changed.delete(key);
    lookedAt = now;
  }

  /** Tells the locations anew whose connectors name a tariff that turned since they were told. */
  async function tell(turned: ReadonlyMap<string, EpochMs>): Promise<void> {
    const concerned = ports.partners.registered().some((each) => ports.partnerLink().namesOneTariff(each));
    if (turned.size === 0 || !concerned) return;
    const outdated = new Map<string, Location>();
    for await (const { location, connector } of connectorsWithTariffs(store)) {
      const told = Date.parse(location.last_updated);
      const since = Math.min(told, lookedAt ?? told);
      if (connector.tariff_ids?.some((id) => (turned.get(keyOf(location, id)) ?? since) > since)) {
        outdated.set(keyOf(location, location.id), location);
      }
    }
    for (const location of outdated.values()) await ports.retell(location);
  }

  return {
    start: () => background.run(look(), 'tariffs that begin or end not looked at'),
    turned(tariff) {
      changed.add(keyOf(tariff, tariff.id));
      waitFor(clock.now() + LINGER_MS);
    },
  };
}

async function* allTariffs(store: Store): AsyncGenerator<Tariff> {
  let cursor: string | undefined;
  do {
    const page = await store.tariffs.page({ limit: PAGE, ...(cursor === undefined ? {} : { cursor }) });
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}
