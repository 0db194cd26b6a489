import type { SampledValue } from '../station/identity.js';
import { isEnergy, isPowerUnit, quantityOf } from './measurand.js';

/** What the operator confirmed about the units of a charger; never guessed (D2-020, D2-036). */
export interface UnitCorrection {
  /** The unit that energy is in, whatever its label. */
  energyUnit?: 'Wh' | 'kWh';
  /** Energy labelled W or kW is in Wh or kWh. */
  powerUnitIsEnergy?: true;
}

/** The sampled value with the label that it should have. */
export function correctUnit(sampled: SampledValue, correction: UnitCorrection): SampledValue {
  const quantity = quantityOf(sampled.measurand);
  if (quantity === undefined || !isEnergy(quantity)) return sampled;
  const { unit } = sampled;
  if (correction.powerUnitIsEnergy && unit !== undefined && isPowerUnit(unit)) {
    return { ...sampled, unit: `${unit.trim()}h` };
  }
  return correction.energyUnit === undefined ? sampled : { ...sampled, unit: correction.energyUnit };
}
