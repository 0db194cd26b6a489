import { connectorPowerW } from '../metering/connector-power.js';
import { implausibleEnergy } from '../metering/plausibility.js';
import type { Location } from '../roaming/location.js';
import { kwhVolume } from '../session/period-volumes.js';
import type { Transaction } from '../transaction/transaction.js';
import type { SessionFacts } from './session-facts.js';

/** A doubt about what the charger told; somebody has to look before it is billed (D3-012). */
export interface FactHold {
  hold: 'IMPLAUSIBLE_ENERGY' | 'TIME_REPAIRED';
  detail: string;
}

/** D3-012: a time that may be wrong by more than this is not billed unseen. */
const TIME_ERROR_MS = 15 * 60_000;

const MS_PER_MINUTE = 60_000;
const MS_PER_HOUR = 3_600_000;

/** Shares of what the connector can deliver at which a thousandth of the energy is a likely value (D2-036). */
const FITS_FROM = 0.5;
const FITS_TO = 1.5;

/** What is doubtful about the facts of an ended session, the gravest first. */
export function doubtfulFacts(
  transaction: Transaction,
  facts: SessionFacts,
  location: Location,
): FactHold | undefined {
  const connector = location.evses[0]?.connectors[0];
  const maxPowerW = connector && connectorPowerW(connector);
  const durationMs = facts.to - facts.from;
  if (maxPowerW !== undefined && implausibleEnergy({ energyWh: facts.energyWh, maxPowerW, durationMs })) {
    const told = `${kwhVolume(facts.energyWh)} kWh in ${Math.round(durationMs / MS_PER_MINUTE)} min`;
    return {
      hold: 'IMPLAUSIBLE_ENERGY',
      detail: `${told} is more than a connector of ${maxPowerW / 1000} kW can deliver${suggestion(facts, maxPowerW)}`,
    };
  }
  const { timeErrorMs = 0 } = transaction;
  if (timeErrorMs > TIME_ERROR_MS) {
    return {
      hold: 'TIME_REPAIRED',
      detail: `the charger's clock was wrong; its times are known to ${Math.round(timeErrorMs / MS_PER_MINUTE)} min only`,
    };
  }
  return undefined;
}

/** D2-036: a thousandth would fit: the charger counts Wh and says kWh. Never applied unasked. */
function suggestion({ energyWh, from, to }: SessionFacts, maxPowerW: number): string {
  const share = energyWh / 1000 / ((maxPowerW * (to - from)) / MS_PER_HOUR);
  return share >= FITS_FROM && share <= FITS_TO
    ? '; a thousandth of it would fit: if the charger labels Wh as kWh, give the station the quirk energy_unit=Wh'
    : '';
}
