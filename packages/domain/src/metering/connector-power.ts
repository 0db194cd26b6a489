import type { Connector } from '../roaming/location.js';

/** Phases of each OCPI PowerType; the voltage of AC connectors is that of a phase to neutral. */
const PHASES: Readonly<Record<string, number>> = {
  AC_1_PHASE: 1,
  AC_2_PHASE: 2,
  AC_2_PHASE_SPLIT: 2,
  AC_3_PHASE: 3,
  DC: 1,
};

/** Most that a connector can deliver, W; undefined for a power type that OCPI does not have. */
export function connectorPowerW(
  connector: Pick<Connector, 'power_type' | 'max_voltage' | 'max_amperage' | 'max_electric_power'>,
): number | undefined {
  if (connector.max_electric_power !== undefined) return connector.max_electric_power;
  const phases = PHASES[connector.power_type];
  return phases === undefined ? undefined : phases * connector.max_voltage * connector.max_amperage;
}
