import { roundMilli } from './reading.js';
import type { SessionEnergy } from './session-energy.js';

/**
 * The energy of a session with its amount set by somebody who knows better than the register: the curve keeps its
 * shape up to that amount and ends with it.
 */
export function billedEnergy(measured: SessionEnergy, billedWh: number | undefined): SessionEnergy {
  if (billedWh === undefined || billedWh === measured.energyWh) return measured;
  const startWh = measured.startWh ?? measured.curve[0]?.wh ?? 0;
  const endWh = roundMilli(startWh + billedWh);
  const curve = measured.curve.map(({ at, wh }, index, all) => ({
    at,
    wh: index > 0 && index === all.length - 1 ? endWh : Math.min(wh, endWh),
  }));
  return { ...measured, endWh, curve, energyWh: billedWh };
}
