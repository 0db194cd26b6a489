import type { EpochMs } from '../roaming/common.js';
import type { MeterValue, SampledValue } from '../station/identity.js';
import { isEnergy, isPowerUnit, type Quantity, quantityOf, unitExponent } from './measurand.js';
import { highestPhase, meanOf, type Reading, readNumber, scaleReading, sumOf } from './reading.js';

/** Why a sampled value was not used. */
export type MeterAnomaly =
  | 'NOT_A_NUMBER'
  | 'OUT_OF_RANGE'
  | 'NEGATIVE_REGISTER'
  | 'UNKNOWN_UNIT'
  | 'ENERGY_IN_POWER_UNIT'
  | 'PHASE_MISSING';

/** The usable values of one meter value that share a context. Energy in Wh, at most three decimals. */
export interface MeterSample {
  at: EpochMs;
  /** OCPP ReadingContext; `Sample.Periodic` where the charger names none. */
  context: string;
  registerWh?: number;
  /** Import less export; only where there is no register. May be negative, and falls while a vehicle feeds back. */
  netWh?: number;
  intervalWh?: number;
  exportWh?: number;
  powerW?: number;
  /** Sum of the phases. */
  currentA?: number;
  currentMaxPhaseA?: number;
  offeredCurrentA?: number;
  offeredPowerW?: number;
  /** Mean of the phases to neutral. */
  voltageV?: number;
  socPercent?: number;
  anomalies: readonly MeterAnomaly[];
}

const DEFAULT_CONTEXT = 'Sample.Periodic';
const NO_ANOMALIES: readonly MeterAnomaly[] = [];

// D2-022: what is measured before the outlet (Inlet, Body) is not the energy of the session.
const LOCATION_RANK: ReadonlyMap<string, number> = new Map([
  ['Outlet', 0],
  ['Cable', 1],
  ['EV', 2],
]);

// D2-023: N and the values between two phases are not counted.
const PHASE_INDEX: ReadonlyMap<string, 0 | 1 | 2> = new Map<string, 0 | 1 | 2>([
  ['L1', 0],
  ['L1-N', 0],
  ['L2', 1],
  ['L2-N', 1],
  ['L3', 2],
  ['L3-N', 2],
]);

interface ContextGroup {
  context: string;
  readings: Partial<Record<Quantity, Reading>>;
  anomalies: MeterAnomaly[] | undefined;
}

/**
 * The values of one meter value in Wh, W, A, V and percent, one sample for each context in the order
 * of their appearance (D2-020..D2-026). What cannot be used is left out and named in `anomalies`;
 * a meter value without any sampled value gives no sample.
 */
export function normalizeMeterValue(meterValue: MeterValue): MeterSample[] {
  const groups: ContextGroup[] = [];
  for (const sampled of meterValue.sampledValues) collect(groups, sampled);
  return groups.map((group) => toSample(meterValue.at, group));
}

function collect(groups: ContextGroup[], sampled: SampledValue): void {
  if (sampled.format === 'SignedData') return; // D2-025: legal containers are read elsewhere
  const quantity = quantityOf(sampled.measurand);
  const rank = quantity === undefined ? undefined : locationRank(quantity, sampled.location);
  if (quantity === undefined || rank === undefined) return;

  const phase =
    sampled.phase === undefined || sampled.phase === '' ? 'total' : PHASE_INDEX.get(sampled.phase);
  if (phase === undefined) return;

  const group = groupOf(groups, sampled.context || DEFAULT_CONTEXT);
  const value = readValue(quantity, sampled);
  if (typeof value === 'string') {
    group.anomalies ??= [];
    group.anomalies.push(value);
    if (phase !== 'total') readingOf(group, quantity, rank, (reading) => (reading.phaseLost = true));
    return;
  }
  readingOf(group, quantity, rank, (reading) => {
    if (phase === 'total') reading.total ??= value;
    else reading.phases[phase] ??= value;
  });
}

function locationRank(quantity: Quantity, location: string | undefined): number | undefined {
  if (location === undefined || location === '' || quantity === 'soc' || quantity === 'voltage') return 0;
  return LOCATION_RANK.get(location);
}

function groupOf(groups: ContextGroup[], context: string): ContextGroup {
  const known = groups.find((group) => group.context === context);
  if (known !== undefined) return known;
  const group: ContextGroup = { context, readings: {}, anomalies: undefined };
  groups.push(group);
  return group;
}

/** A better location replaces what a worse one gave; a worse one adds nothing (D2-022). */
function readingOf(
  group: ContextGroup,
  quantity: Quantity,
  locationRank: number,
  add: (reading: Reading) => void,
): void {
  let reading = group.readings[quantity];
  if (reading === undefined || locationRank < reading.locationRank) {
    reading = { locationRank, phases: [undefined, undefined, undefined], phaseLost: false };
    group.readings[quantity] = reading;
  }
  if (reading.locationRank === locationRank) add(reading);
}

function readValue(quantity: Quantity, sampled: SampledValue): number | MeterAnomaly {
  const energy = isEnergy(quantity);
  const { unit } = sampled;
  const exponent = unitExponent(quantity, unit);
  if (exponent === undefined) {
    return energy && unit !== undefined && isPowerUnit(unit) ? 'ENERGY_IN_POWER_UNIT' : 'UNKNOWN_UNIT';
  }
  const multiplier = sampled.multiplier ?? 0;
  const number = readNumber(sampled.value);
  if (number === undefined || !Number.isInteger(multiplier)) return 'NOT_A_NUMBER';
  const value = scaleReading(number, exponent + multiplier);
  if (value === undefined || (quantity === 'soc' && (value < 0 || value > 100))) return 'OUT_OF_RANGE';
  return energy && value < 0 && quantity !== 'netRegister' ? 'NEGATIVE_REGISTER' : value;
}

function toSample(at: EpochMs, { context, readings, anomalies }: ContextGroup): MeterSample {
  const sample: MeterSample = { at, context, anomalies: anomalies ?? NO_ANOMALIES };
  const registerWh = sumOf(readings.register);
  if (registerWh !== undefined) sample.registerWh = registerWh;
  const netWh = registerWh === undefined ? sumOf(readings.netRegister) : undefined; // D2-021
  if (netWh !== undefined) sample.netWh = netWh;
  const intervalWh = sumOf(readings.interval);
  if (intervalWh !== undefined) sample.intervalWh = intervalWh;
  const exportWh = sumOf(readings.exportRegister);
  if (exportWh !== undefined) sample.exportWh = exportWh;
  const powerW = sumOf(readings.power);
  if (powerW !== undefined) sample.powerW = powerW;
  const currentA = sumOf(readings.current);
  if (currentA !== undefined) sample.currentA = currentA;
  const currentMaxPhaseA = highestPhase(readings.current);
  if (currentMaxPhaseA !== undefined) sample.currentMaxPhaseA = currentMaxPhaseA;
  const offeredCurrentA = sumOf(readings.offeredCurrent);
  if (offeredCurrentA !== undefined) sample.offeredCurrentA = offeredCurrentA;
  const offeredPowerW = sumOf(readings.offeredPower);
  if (offeredPowerW !== undefined) sample.offeredPowerW = offeredPowerW;
  const voltageV = meanOf(readings.voltage);
  if (voltageV !== undefined) sample.voltageV = voltageV;
  const socPercent = meanOf(readings.soc);
  if (socPercent !== undefined) sample.socPercent = socPercent;
  if (lostPhase(readings)) sample.anomalies = [...sample.anomalies, 'PHASE_MISSING'];
  return sample;
}

function lostPhase(readings: Partial<Record<Quantity, Reading>>): boolean {
  return Object.values(readings).some((reading) => reading.phaseLost && reading.total === undefined);
}
