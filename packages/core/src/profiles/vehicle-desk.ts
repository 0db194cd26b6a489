import { type ChargingProfile, type Connector, supplyOf, type Transaction } from '@roambridge/domain';
import type { Background } from '../background.js';
import type { Committer } from '../committer.js';
import { stableInteger } from '../ids.js';
import type { ScheduleLimit, VehicleNeeds } from '../model/charging-profile.js';
import type { FrameRecord } from '../model/journal.js';
import type { StationLink, StationRequest } from '../ports/station-link.js';
import type { CoreSettings } from '../settings.js';
import type { OpenTransaction, StationAggregate } from '../stations/aggregate.js';
import { newPlan } from '../stations/plan.js';
import { narrowLocation } from '../transactions/narrow-location.js';
import { profileIdOf, stackLevelAt, unitTaken } from './charger-profile.js';

export interface NeedsPorts {
  settings: CoreSettings;
  committer: Committer;
  background: Background;
  link: () => StationLink;
}

/** Vehicles that say what they need and how they will charge (ISO 15118; K15 to K17). */
export interface VehicleDesk {
  /** Inside the station's queue. False = there is nothing to plan by. The profile follows when `proceed` is called. */
  needs(
    station: StationAggregate,
    needs: VehicleNeeds,
    frame: FrameRecord,
  ): Promise<{ accepted: false } | { accepted: true; proceed(): void }>;
  /** Whether a schedule stays within what the connector gives. */
  keepsLimit(station: StationAggregate, schedule: ScheduleLimit): boolean;
}

export function createVehicleDesk(ports: NeedsPorts): VehicleDesk {
  const { settings, committer, background } = ports;

  return {
    async needs(station, { evseId }, frame) {
      await committer.commit(newPlan(station.station.id, frame));
      const open = openAt(station, evseId);
      const profile = open && profileFor(station, open, settings.nominalVoltageV);
      if (!profile) return { accepted: false };
      return {
        accepted: true,
        // K15.FR.08: within a minute.
        proceed: () =>
          background.run(
            ports
              .link()
              .call(station.station.id, profile, { priority: 3, correlationId: open.transaction.id }),
            'charging profile for a vehicle not set',
            { station: station.station.id },
          ),
      };
    },
    keepsLimit(station, { evseId, unit, limit }) {
      const connector = connectorAt(station, evseId, undefined);
      const most = connector && mostOf(connector, unit, settings.nominalVoltageV);
      return most === undefined || limit <= most;
    },
  };
}

function openAt(station: StationAggregate, evseId: number): OpenTransaction | undefined {
  return [...station.open.values()].find(
    ({ transaction }) => transaction.evseId === evseId && transaction.endedAt === undefined,
  );
}

function connectorAt(
  station: StationAggregate,
  evseId: number,
  connectorId: Transaction['connectorId'],
): Connector | undefined {
  const binding = station.bindings.get(evseId);
  return binding && narrowLocation(binding.location, binding.evseUid, connectorId)?.evses[0]?.connectors[0];
}

/** What the session's partner set counts; else the vehicle may have all that the connector gives. */
function profileFor(
  station: StationAggregate,
  open: OpenTransaction,
  nominalVoltageV: number,
): Extract<StationRequest, { kind: 'set-charging-profile' }> | undefined {
  const { evseId, connectorId, ocppTransactionId, id } = open.transaction;
  const connector = evseId === undefined ? undefined : connectorAt(station, evseId, connectorId);
  if (evseId === undefined || !connector) return undefined;
  const unit = unitTaken(station) ?? (connector.power_type === 'DC' ? 'W' : 'A');
  const limit = mostOf(connector, unit, nominalVoltageV);
  const profile: ChargingProfile = open.profile?.profile ?? {
    charging_rate_unit: unit,
    charging_profile_period: [{ start_period: 0, limit }],
  };
  const session = open.session?.session.id;
  return {
    kind: 'set-charging-profile',
    profileId: session === undefined ? stableInteger(`charging-profile\0${id}`) : profileIdOf(session),
    stackLevel: stackLevelAt(station),
    evseId,
    ocppTransactionId,
    profile,
    numberPhases: undefined,
  };
}

/** The most that a connector gives, in A per phase or in W. */
function mostOf(connector: Connector, unit: 'A' | 'W', nominalVoltageV: number): number {
  const { max_amperage: amperage, max_voltage: voltage, max_electric_power: powerW } = connector;
  if (unit === 'A') return amperage;
  const { phases } = supplyOf(connector, nominalVoltageV);
  return powerW ?? (phases === undefined ? voltage * amperage : nominalVoltageV * amperage * phases);
}
