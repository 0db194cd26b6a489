import { billedEnergy } from '../metering/billed-energy.js';
import { type RegisterPoint, sessionEnergy } from '../metering/session-energy.js';
import { rateParts, type TariffPart, tariffParts } from '../pricing/changed-tariff.js';
import { dependsOnLoad, meteredLoad } from '../pricing/load.js';
import { costSession, type PriceSessionInput, rateSession } from '../pricing/price-session.js';
import type { Cost, Priced, Unpriceable } from '../pricing/pricing.js';
import { reservationPeriod } from '../pricing/reservation.js';
import { shortPeriods } from '../pricing/short-periods.js';
import type { EpochMs } from '../roaming/common.js';
import type { Tariff } from '../roaming/tariff.js';
import { chargingPeriods, type TimedPeriod } from '../session/charging-periods.js';
import { withInferredParking } from '../session/inferred-parking.js';
import { chargingPhases, type PhaseChange } from '../session/phases.js';
import type { Transaction } from '../transaction/transaction.js';
import type { SessionTerms } from './session-terms.js';

/**
 * What a session consumed and cost by the facts known so far; the same for the running session and its CDR, but that
 * only the latter tells how its cost comes about.
 */
export interface SessionFacts<Told extends Cost = Priced> {
  from: EpochMs;
  /** End of the session, or the newest evidence about a running one. */
  to: EpochMs;
  energyWh: number;
  curve: readonly RegisterPoint[];
  energyFlags: readonly string[];
  periods: readonly TimedPeriod[];
  /** The periods that are over: the last one counts only when its phase has ended. */
  closedPeriods: readonly TimedPeriod[];
  /** The periods of the reservation that led here; they go before the others in the CDR (CD-31). */
  reservationPeriods: readonly TimedPeriod[];
  /** What it is priced by: one tariff, unless the driver changed it (OCPI SE-36). */
  tariffs: readonly Tariff[];
  /**
   * Absent when no tariff could be resolved. Its lines refer to the periods in the order of the CDR: those of the
   * reservation, then those of the session.
   */
  pricing?: Told | Unpriceable;
}

/** Computes energy, periods and price of a transaction whose session began at `activeAt`. */
export function sessionFacts(
  transaction: Transaction,
  activeAt: EpochMs,
  tariff: Tariff | undefined,
  timeZone: string,
  terms: SessionTerms = {},
): SessionFacts {
  return factsOf({ transaction, activeAt, tariff, timeZone, terms }, rateSession);
}

/** The facts of a session that goes on: the same, with what it costs so far and no more about that. */
export function runningFacts(
  transaction: Transaction,
  activeAt: EpochMs,
  tariff: Tariff | undefined,
  timeZone: string,
  terms: SessionTerms = {},
): SessionFacts<Cost> {
  return factsOf<Cost>({ transaction, activeAt, tariff, timeZone, terms }, costSession);
}

interface Evidence {
  transaction: Transaction;
  activeAt: EpochMs;
  tariff: Tariff | undefined;
  timeZone: string;
  terms: SessionTerms;
}

/** Only a session of several tariffs is priced in full whoever asks: its parts are joined by their lines. */
function factsOf<Told extends Cost>(
  { transaction, activeAt, tariff, timeZone, terms }: Evidence,
  rate: (input: PriceSessionInput) => { periods: TimedPeriod[]; pricing: Told | Unpriceable },
): SessionFacts<Told | Priced> {
  const stoppedAt = transaction.stoppedAt ?? transaction.endedAt;
  const measured = sessionEnergy({
    samples: transaction.samples,
    startedAt: activeAt,
    ...(transaction.meterStartWh === undefined ? {} : { startWh: transaction.meterStartWh }),
    ...(transaction.meterStopWh === undefined ? {} : { stopWh: transaction.meterStopWh }),
    ...(stoppedAt === undefined ? {} : { endedAt: stoppedAt }),
  });
  const energy = billedEnergy(measured, transaction.billedWh);
  const to = Math.max(activeAt, transaction.endedAt ?? lastEvidence(transaction, activeAt));
  const reported: PhaseChange[] = chargingPhases({
    states: transaction.states,
    curve: energy.curve,
    from: activeAt,
    // A state that is reported with the newest reading already counts: the period before it is over.
    to: to + 1,
    ...(terms.suspendedEvse && { suspendedEvse: terms.suspendedEvse }),
  });
  const { states, samples } = transaction;
  const phases = terms.inferParking
    ? withInferredParking({
        phases: reported,
        states,
        curve: energy.curve,
        samples,
        to,
        isOver: stoppedAt !== undefined,
      })
    : reported;
  const parts = tariff ? tariffParts(tariff, transaction.tariffChanges ?? [], activeAt, to) : [];
  const [part] = parts;
  const cut = chargingPeriods({
    startedAt: activeAt,
    endedAt: to,
    curve: energy.curve,
    energyWh: energy.energyWh,
    phases,
    ...(terms.minPhaseMs === undefined ? {} : { minPhaseMs: terms.minPhaseMs }),
    // The tariff splits the energy between two readings, as near to the meter as can be (D2-040, D2-046).
    boundaries: [
      ...(parts.some((each) => isRestricted(each.tariff)) ? energy.curve.map(({ at }) => at) : []),
      ...parts.slice(1).map(({ from }) => from),
    ],
    ...(part ? { tariffId: part.tariff.id } : {}),
  });
  const metered = parts.length > 1 ? cut.map((period) => ofPart(period, parts)) : cut;
  const reserved = reservedTime(transaction, activeAt, part?.tariff);
  const input = {
    timeZone,
    curve: energy.curve,
    startedAt: reserved?.from ?? activeAt,
    endedAt: to,
    periods: reserved ? [reserved, ...metered] : metered,
    load: parts.some((each) => dependsOnLoad(each.tariff))
      ? meteredLoad({ readings: transaction.samples, curve: energy.curve, from: activeAt, to })
      : [],
    ...(reserved && { reservation: 'USED' as const }),
    ...terms,
  };
  const rated =
    part && (parts.length > 1 ? rateParts({ parts, ...input }) : rate({ tariff: part.tariff, ...input }));
  const all = rated?.periods ?? shortPeriods(metered, { curve: energy.curve, ...terms });
  const periods = all.filter(({ phase }) => phase !== 'RESERVE');
  const facts: SessionFacts<Told | Priced> = {
    from: activeAt,
    to,
    energyWh: energy.energyWh,
    curve: energy.curve,
    energyFlags: energy.flags,
    periods,
    reservationPeriods: all.filter(({ phase }) => phase === 'RESERVE'),
    tariffs: distinct(parts.map((each) => each.tariff)),
    closedPeriods: periods.at(-1)?.phase === phases.at(-1)?.phase ? periods.slice(0, -1) : periods,
  };
  if (rated) facts.pricing = rated.pricing;
  return facts;
}

function ofPart(period: TimedPeriod, parts: readonly TariffPart[]): TimedPeriod {
  const part = parts.findLast(({ from }) => from <= period.from) ?? parts[0];
  return part ? { ...period, tariffId: part.tariff.id } : period;
}

/** A driver may come back to a tariff: it is told once. */
function distinct(tariffs: readonly Tariff[]): Tariff[] {
  return tariffs.filter((tariff, index) => tariffs.findIndex(({ id }) => id === tariff.id) === index);
}

function isRestricted({ elements }: Tariff): boolean {
  return elements.some(({ restrictions }) => restrictions !== undefined);
}

/** The time from the reservation to the start of charging (TA-30). */
function reservedTime(
  { reservation }: Transaction,
  activeAt: EpochMs,
  tariff: Tariff | undefined,
): TimedPeriod | undefined {
  if (reservation === undefined || reservation.from >= activeAt) return undefined;
  return reservationPeriod({ from: reservation.from, to: activeAt }, tariff?.id);
}

function lastEvidence(transaction: Transaction, activeAt: EpochMs): EpochMs {
  let newest = activeAt;
  for (const sample of transaction.samples) if (sample.at > newest) newest = sample.at;
  const state = transaction.states.at(-1);
  return state && state.at > newest ? state.at : newest;
}
