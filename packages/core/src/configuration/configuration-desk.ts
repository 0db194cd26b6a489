import { merged } from '@roambridge/domain';
import type { Background } from '../background.js';
import type { Committer } from '../committer.js';
import type { Feed } from '../feed.js';
import { stableId } from '../ids.js';
import type { SetAnswer, StationConfiguration } from '../model/station-configuration.js';
import type { Clock } from '../ports/clock.js';
import type { LearnedConfiguration, ReadConfiguration } from '../ports/configuration-link.js';
import type { StationLink } from '../ports/station-link.js';
import type { Store } from '../ports/store.js';
import type { CoreSettings } from '../settings.js';
import type { StationAggregate } from '../stations/aggregate.js';
import { newPlan } from '../stations/plan.js';
import type { StationRegistry } from '../stations/registry.js';
import { SET_KEPT, toldAt, withLearned } from './learned.js';
import type { Templates } from './templates.js';
import { correction, OPTIONAL_KEYS, wantedOf } from './wanted.js';

/** nothing is asked of a charger right after it booted. */
const AFTER_BOOT_MS = 2_000;
/** stations that are asked at a time. */
const AT_A_TIME = 8;
/** Keys of one question until the charger has told how many it takes. */
const DEFAULT_KEYS_PER_CALL = 10;

const MAX_KEYS = 'GetConfigurationMaxKeys';
const FEATURES = 'SupportedFeatureProfiles';

/** B-050: what tells what a charger can do. The first of them are asked for ahead of the others. */
const FIRST_KEYS = [MAX_KEYS, FEATURES, 'NumberOfConnectors'];
const KEYS = [
  'ChargingScheduleAllowedChargingRateUnit',
  'ChargeProfileMaxStackLevel',
  'ChargingScheduleMaxPeriods',
  'LocalAuthListMaxLength',
  'SendLocalListMaxLength',
  'ReserveConnectorZeroSupported',
  'ConnectionTimeOut',
  'AuthorizeRemoteTxRequests',
  'StopTransactionOnInvalidId',
  'TransactionMessageAttempts',
  'TransactionMessageRetryInterval',
  'MeterValueSampleInterval',
  'MeterValuesSampledData',
  'StopTxnSampledData',
  'ClockAlignedDataInterval',
  'WebSocketPingInterval',
];

export interface ConfigurationPorts {
  store: Pick<Store, 'stationConfigurations'>;
  clock: Clock;
  committer: Committer;
  feed: Feed;
  background: Background;
  settings: Pick<CoreSettings, 'readConfiguration'>;
  templates: Templates;
  registry: () => StationRegistry;
  link: () => StationLink;
  /** What a charger can do is known otherwise than before (D1-005); after the commit. */
  abilitiesChanged(stationId: string): void;
}

/** Configuration keys of chargers: read once per firmware, and kept as the operator wants them (B-050, B-060, B-061). */
export interface ConfigurationDesk {
  /** Inside the station's queue, after an accepted boot. */
  afterBoot(station: StationAggregate): void;
  /** What the answer to a call of the operator told. */
  learned(stationId: string, told: LearnedConfiguration): Promise<void>;
}

export function createConfigurationDesk(ports: ConfigurationPorts): ConfigurationDesk {
  const { store, clock, background, committer, feed } = ports;
  const queue = new Set<string>();
  const busy = new Set<string>();
  /** Stations that booted a moment ago, and what ends their waiting. */
  const booted = new Map<string, () => void>();
  let underWay = 0;

  function next(): void {
    while (underWay < AT_A_TIME) {
      const stationId = [...queue].find((id) => !busy.has(id));
      if (stationId === undefined) return;
      queue.delete(stationId);
      busy.add(stationId);
      underWay += 1;
      const work = keep(stationId).finally(() => {
        busy.delete(stationId);
        underWay -= 1;
        next();
      });
      background.run(work, 'configuration not read', { station: stationId });
    }
  }

  /** The keys in questions that are not too long; undefined as soon as one is not answered. */
  async function readAll(
    stationId: string,
    keys: readonly string[],
    perCall: number,
  ): Promise<ReadConfiguration | undefined> {
    const all: ReadConfiguration = { values: {}, unknownKeys: [] };
    for (let from = 0; from < keys.length; from += perCall) {
      const part = await ports.link().configurations.read(stationId, keys.slice(from, from + perCall));
      if (!part) return undefined;
      Object.assign(all.values, part.values);
      all.unknownKeys.push(...part.unknownKeys);
    }
    return all;
  }

  async function keep(stationId: string): Promise<void> {
    const station = ports.registry().peek(stationId);
    if (station?.connection === undefined || station.state.boot?.status !== 'Accepted') return;
    const firmware = station.state.boot.firmwareVersion ?? '';
    const wanted = wantedOf(station.station, await ports.templates.all());
    const before = await store.stationConfigurations.get(stationId);
    const fresh = before === undefined || before.firmware !== firmware;
    const first = fresh ? await readAll(stationId, FIRST_KEYS, FIRST_KEYS.length) : before;
    if (!first) return;
    const told = Number(first.values[MAX_KEYS]?.value);
    const perCall = Number.isSafeInteger(told) && told > 0 ? told : DEFAULT_KEYS_PER_CALL;
    // What the operator wants is looked at after every boot: a charger may have been reset to its defaults.
    const keys = [...new Set([...(fresh ? KEYS : []), ...Object.keys(wanted)])];
    const rest = await readAll(stationId, keys, perCall);
    if (!rest) return;
    const configuration: StationConfiguration = {
      firmware,
      readAt: clock.now(),
      values: {
        ...(fresh ? {} : before.values),
        ...toldAt({ ...first.values, ...rest.values }, clock.now()),
      },
      unknownKeys: [...new Set([...first.unknownKeys, ...rest.unknownKeys])],
      set: before?.set ?? [],
    };
    await assertWanted(stationId, wanted, configuration);
    await store.stationConfigurations.put(stationId, configuration);
    feed.publish('station', { id: stationId, configuration: true }, stationId);
    await noteFeatures(stationId, configuration);
  }

  async function assertWanted(
    stationId: string,
    wanted: ReturnType<typeof wantedOf>,
    configuration: StationConfiguration,
  ): Promise<void> {
    const refused: string[] = [];
    for (const [key, wish] of Object.entries(wanted)) {
      const present = configuration.values[key];
      const to = correction(wish, present);
      if (to === undefined) continue;
      if (present === undefined && OPTIONAL_KEYS.has(key)) continue;
      const answer: SetAnswer =
        present === undefined
          ? 'not-supported'
          : present.readonly
            ? 'rejected'
            : await ports.link().configurations.set(stationId, key, to);
      const from = present?.value;
      configuration.set = [
        ...configuration.set,
        { key, ...(from === undefined ? {} : { from }), to, answer, at: clock.now() },
      ].slice(-SET_KEPT);
      if (answer === 'accepted' || answer === 'reboot-required') {
        configuration.values[key] = { value: to, readonly: false, at: clock.now() };
      }
      if (answer !== 'accepted') refused.push(`${key}=${to}: ${answer}`);
    }
    if (refused.length === 0) return;
    const plan = newPlan(stationId);
    plan.attention.push({
      id: stableId(`configuration:${stationId}`),
      kind: 'configuration-not-as-wanted',
      subject: stationId,
      stationId,
      message: `${stationId} is not configured as wanted: ${refused.join('; ')}`,
      createdAt: clock.now(),
    });
    await committer.commit(plan);
  }

  /** What a partner asks for is refused without asking the charger where it cannot do it (B-050). */
  async function noteFeatures(stationId: string, { values }: StationConfiguration): Promise<void> {
    const text = values[FEATURES]?.value;
    if (text === undefined) return;
    const features = text.split(',').map((feature) => feature.trim());
    await ports.registry().run(stationId, async (station) => {
      if (station.state.features?.join() === features.join()) return;
      const state = merged(station.state, { features });
      const plan = newPlan(stationId);
      plan.stationState = state;
      plan.afterCommit.push(() => {
        station.state = state;
      });
      await committer.commit(plan);
      ports.abilitiesChanged(stationId);
    });
  }

  return {
    afterBoot({ station }) {
      if (!ports.settings.readConfiguration) return;
      // Of boots in a row the last one counts.
      booted.get(station.id)?.();
      const cancel = clock.after(AFTER_BOOT_MS, () => {
        booted.delete(station.id);
        queue.add(station.id);
        next();
      });
      booted.set(station.id, cancel);
    },
    async learned(stationId, told) {
      await ports.registry().run(stationId, async (station) => {
        const firmware = station.state.boot?.firmwareVersion ?? '';
        const before = await store.stationConfigurations.get(stationId);
        await store.stationConfigurations.put(stationId, withLearned(before, told, firmware, clock.now()));
      });
      feed.publish('station', { id: stationId, configuration: true }, stationId);
    },
  };
}
