import type { Connector } from '../roaming/location.js';

/** What a connector is fed with, as far as units of power need it. */
export interface Supply {
  /** Phases in use; absent for direct current. */
  phases?: number;
  /** Line to neutral, V. */
  voltageV: number;
}

const PHASES: Readonly<Record<string, number>> = {
  AC_1_PHASE: 1,
  AC_2_PHASE: 2,
  AC_2_PHASE_SPLIT: 2,
  AC_3_PHASE: 3,
};

/** OCPI CP-12: phases by the power type of the connector. */
export function supplyOf(connector: Pick<Connector, 'power_type'>, nominalVoltageV: number): Supply {
  const phases = PHASES[connector.power_type];
  return { voltageV: nominalVoltageV, ...(phases === undefined ? {} : { phases }) };
}
