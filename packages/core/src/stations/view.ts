import { chargingState } from '@roambridge/domain';
import type {
  AvailabilityView,
  ConnectorState,
  EvseView,
  Station,
  StationView,
  WholeState,
} from '../model/station.js';
import { energyWh } from '../transactions/plan-event.js';
import type { StationAggregate } from './aggregate.js';
import { securityView } from './security/security-view.js';

const iso = (ms: number) => new Date(ms).toISOString();

/** Live picture of a station at `now`. A station that is not in memory shows what was provisioned. */
export function stationView(
  station: Station,
  aggregate: StationAggregate | undefined,
  now: number,
): StationView {
  const view: StationView = {
    id: station.id,
    security_profile: station.securityProfile,
    connected: aggregate?.connection !== undefined,
    evses: aggregate ? evseViews(aggregate, now) : [],
    open_transactions: aggregate ? [...aggregate.open.values()].map(({ transaction }) => transaction.id) : [],
  };
  const overall = aggregate?.state.overall;
  if (overall) view.availability = wholeView(overall, now);
  const boot = aggregate?.state.boot;
  const protocol = aggregate?.connection?.protocol ?? aggregate?.state.protocol;
  Object.assign(
    view,
    securityView(station, aggregate, now),
    known({
      name: station.name,
      registration: station.registration,
      protocols: station.protocols,
      quirks: station.quirks,
      legal_metrology: station.legalMetrology,
      configuration_template: station.configurationTemplate,
      configuration: station.configuration,
      features: aggregate?.state.features,
      desired_availability: aggregate?.state.desiredAvailability?.map(
        ({ evseId, connectorId, operative }) => ({
          evse_id: evseId,
          ...(connectorId === undefined ? {} : { connector_id: connectorId }),
          operative,
        }),
      ),
      meter_public_keys: station.meterPublicKeys?.map(({ evseId, publicKey }) => ({
        ...(evseId === undefined ? {} : { evse_id: evseId }),
        public_key: publicKey,
      })),
      connected_since: aggregate?.connection && iso(aggregate.connection.since),
      remote_address: aggregate?.connection?.remoteAddress,
      protocol,
      vendor: boot?.vendor,
      model: boot?.model,
      serial_number: boot?.serialNumber,
      firmware_version: boot?.firmwareVersion,
      boot_status: boot?.status,
      booted_at: boot && iso(boot.at),
      last_frame_at: aggregate?.lastFrameAt === undefined ? undefined : iso(aggregate.lastFrameAt),
      last_heartbeat_at:
        aggregate?.lastHeartbeatAt === undefined ? undefined : iso(aggregate.lastHeartbeatAt),
      // + 0: there is no minus zero.
      clock_skew_seconds:
        aggregate?.clockSkewMs === undefined ? undefined : Math.round(aggregate.clockSkewMs / 1000) + 0,
    }),
  );
  return view;
}

function known<T extends object>(members: T): Partial<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function evseViews(aggregate: StationAggregate, now: number): EvseView[] {
  const evseIds = new Set<number>(aggregate.bindings.keys());
  for (const connector of aggregate.state.connectors) evseIds.add(connector.evseId);
  return [...evseIds].sort((a, b) => a - b).map((evseId) => evseView(aggregate, evseId, now));
}

function evseView(aggregate: StationAggregate, evseId: number, now: number): EvseView {
  const binding = aggregate.bindings.get(evseId);
  const connectors = aggregate.state.connectors.filter((connector) => connector.evseId === evseId);
  const open = [...aggregate.open.values()].find(({ transaction }) => transaction.evseId === evseId);
  const view: EvseView = {
    evse_id: evseId,
    status: binding?.status ?? 'UNKNOWN',
    connectors: connectors.map((connector) => connectorView(connector, now)),
  };
  const { evses = [], occupiedBays = [] } = aggregate.state;
  const whole = evses.find((evse) => evse.evseId === evseId);
  if (whole) view.availability = wholeView(whole, now);
  if (occupiedBays.includes(evseId)) view.bay_occupied = true;
  if ((aggregate.flapping.get(evseId) ?? 0) > now) view.flapping = true;
  if (binding) {
    view.status_since = iso(binding.lastUpdated);
    view.status_age_seconds = age(binding.lastUpdated, now);
    view.location_id = binding.location.id;
    view.evse_uid = binding.evseUid;
  }
  if (open) {
    const { transaction } = open;
    const state = chargingState(transaction);
    const power = transaction.samples.findLast((sample) => sample.powerW !== undefined)?.powerW;
    view.transaction_id = transaction.id;
    view.energy_wh = energyWh(transaction);
    if (state) view.charging_state = state;
    if (power !== undefined) view.power_w = power;
  }
  return view;
}

function wholeView({ status, rawStatus, at, receivedAt }: WholeState, now: number): AvailabilityView {
  return { status, raw_status: rawStatus, reported_at: iso(at), age_seconds: age(receivedAt, now) };
}

function age(since: number, now: number): number {
  return Math.max(0, Math.round((now - since) / 1000));
}

function connectorView(connector: ConnectorState, now: number): EvseView['connectors'][number] {
  return {
    connector_id: connector.connectorId,
    status: connector.status,
    raw_status: connector.rawStatus,
    reported_at: iso(connector.at),
    age_seconds: age(connector.receivedAt, now),
    ...(connector.errorCode === undefined ? {} : { error_code: connector.errorCode }),
    ...(connector.vendorErrorCode === undefined ? {} : { vendor_error_code: connector.vendorErrorCode }),
    ...(connector.info === undefined ? {} : { info: connector.info }),
  };
}
