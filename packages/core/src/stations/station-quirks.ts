import type { MeterValue, SampledValue } from '@roambridge/domain';
import { correctUnit, type UnitCorrection } from '@roambridge/domain';
import type { ReportedEvent } from '../edges/charger-edge.js';
import type { Station } from '../model/station.js';

const MS_PER_MINUTE = 60_000;

/** Added to the charger's times, as in `clock_offset=-02:00` for local time that is labelled UTC (D2-062, Q-22). */
const CLOCK_OFFSET = /^clock_offset=([+-])(\d\d):([0-5]\d)$/;
/** The unit that energy is really in, whatever its label (D2-036, Q-60). */
const ENERGY_UNIT = /^energy_unit=(Wh|kWh)$/;
/** Energy is labelled W or kW. */
const ENERGY_IN_POWER_UNIT = 'energy_in_power_unit';

interface Corrections {
  clockOffsetMs: number;
  unit?: UnitCorrection;
}

const known = new WeakMap<Station, Corrections>();

/** What the operator confirmed about a station's clock and meter. */
function correctionsOf(station: Station): Corrections {
  const found = known.get(station);
  if (found) return found;
  const corrections: Corrections = { clockOffsetMs: 0 };
  for (const quirk of station.quirks ?? []) {
    const offset = CLOCK_OFFSET.exec(quirk);
    if (offset) {
      const minutes = Number(offset[2]) * 60 + Number(offset[3]);
      corrections.clockOffsetMs = (offset[1] === '-' ? -minutes : minutes) * MS_PER_MINUTE;
    }
    const unit = ENERGY_UNIT.exec(quirk)?.[1];
    if (unit === 'Wh' || unit === 'kWh') corrections.unit = { ...corrections.unit, energyUnit: unit };
    if (quirk === ENERGY_IN_POWER_UNIT) corrections.unit = { ...corrections.unit, powerUnitIsEnergy: true };
  }
  known.set(station, corrections);
  return corrections;
}

/** A charger's time as it is. */
export function correctTime(station: Station, at: number): number {
  return at + correctionsOf(station).clockOffsetMs;
}

/** The event in right times and units; the same object where the station has no quirks. */
export function correctEvent(station: Station, event: ReportedEvent): ReportedEvent {
  if (station.quirks === undefined || station.quirks.length === 0) return event;
  const { clockOffsetMs, unit } = correctionsOf(station);
  if (clockOffsetMs === 0 && unit === undefined) return event;
  const sampled = (value: SampledValue) => (unit ? correctUnit(value, unit) : value);
  const meterValue = (value: MeterValue): MeterValue => ({
    ...value,
    at: value.rawAt === undefined ? value.at + clockOffsetMs : value.at,
    sampledValues: value.sampledValues.map(sampled),
  });
  return {
    ...event,
    at: event.rawAt === undefined ? event.at + clockOffsetMs : event.at,
    meterValues: event.meterValues.map(meterValue),
  };
}
