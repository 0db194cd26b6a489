import { PARTIAL_COSTS, type UnpriceableReason } from '../pricing/pricing.js';
import type { EpochMs } from '../roaming/common.js';
import type { Location } from '../roaming/location.js';
import type { Cdr, CdrLocation, Session, UnpricedCdr } from '../roaming/session.js';
import type { SignedData } from '../roaming/signed-data.js';
import { periodTotals, toChargingPeriods } from '../session/charging-periods.js';
import type { Transaction } from '../transaction/transaction.js';
import { doubtfulFacts, type FactHold } from './doubtful-facts.js';
import { type LegalHold, legalDoubt } from './legal-doubt.js';
import type { SessionSubject } from './project-session.js';
import type { SessionFacts } from './session-facts.js';

/** TY-13: a required text that truly cannot be known. */
const NOT_AVAILABLE = '#NA';

/** OCPI limits `remark` to 255 characters. */
const REMARK_LENGTH = 255;

/** What makes a priced CDR doubtful (D3-012). */
export const DOUBT_REASONS = [
  'IMPLAUSIBLE_ENERGY',
  'LEGAL_METER_MISMATCH',
  'SIGNATURE_INVALID',
  'TIME_REPAIRED',
] as const satisfies (FactHold['hold'] | LegalHold['hold'])[];
export type DoubtReason = FactHold['hold'] | LegalHold['hold'];

/** Why a CDR waits for a person (D3-004, D3-012). */
export type HoldReason =
  | 'NO_TARIFF'
  | DoubtReason
  | UnpriceableReason
  /** The partner’s version cannot be told of it (CD-25). */
  | 'NOT_TELLABLE';

export type Settlement =
  | { kind: 'priced'; cdr: Cdr }
  /** It has a price that a person should look at. */
  | { kind: 'doubtful'; cdr: Cdr; hold: DoubtReason; detail: string }
  | { kind: 'held'; cdr: UnpricedCdr; hold: HoldReason; detail: string };

/** D3: the CDR of a completed session, out of the same facts as its last state. */
export function settleCdr(
  id: string,
  transaction: Transaction,
  subject: SessionSubject,
  session: Session,
  facts: SessionFacts,
  lastUpdated: EpochMs,
): Settlement {
  const { pricing } = facts;
  const reserved = toChargingPeriods(facts.reservationPeriods);
  const unpriced: UnpricedCdr = {
    country_code: session.country_code,
    party_id: session.party_id,
    id,
    // CD-31: the CDR of a reserved session begins with the reservation.
    start_date_time: reserved[0]?.start_date_time ?? session.start_date_time,
    end_date_time: session.end_date_time ?? session.start_date_time,
    session_id: session.id,
    cdr_token: session.cdr_token,
    auth_method: session.auth_method,
    cdr_location: cdrLocation(subject.location),
    currency: session.currency,
    tariffs: [...facts.tariffs],
    charging_periods: [...reserved, ...toChargingPeriods(facts.periods)],
    ...periodTotals(facts.periods),
    last_updated: new Date(lastUpdated).toISOString(),
  };
  if (session.authorization_reference !== undefined) {
    unpriced.authorization_reference = session.authorization_reference;
  }
  if (session.meter_id !== undefined) unpriced.meter_id = session.meter_id;
  const signedData = withUrl(transaction.signedData, id, subject.terms?.signedDataUrl);
  if (signedData !== undefined) unpriced.signed_data = signedData;
  const doubt = legalDoubt(transaction) ?? doubtfulFacts(transaction, facts, subject.location);
  const oddities = remark(transaction, facts, doubt);
  if (oddities !== undefined) unpriced.remark = oddities;
  if (!pricing) {
    return {
      kind: 'held',
      cdr: unpriced,
      hold: 'NO_TARIFF',
      detail: 'the connector has no tariff that is valid now',
    };
  }
  if (pricing.kind === 'unpriceable') {
    return { kind: 'held', cdr: unpriced, hold: pricing.reason, detail: pricing.detail };
  }
  const cdr: Cdr = Object.assign(unpriced, { total_cost: pricing.total_cost });
  for (const member of PARTIAL_COSTS) {
    const cost = pricing[member];
    if (cost !== undefined) cdr[member] = cost;
  }
  return doubt ? { kind: 'doubtful', cdr, ...doubt } : { kind: 'priced', cdr };
}

/** D3-022: what no CDR can carry is found there as well. */
function withUrl(
  signedData: SignedData | undefined,
  cdrId: string,
  template: string | undefined,
): SignedData | undefined {
  if (signedData === undefined || template === undefined) return signedData;
  return { ...signedData, url: template.replace('{cdr_id}', encodeURIComponent(cdrId)) };
}

/** D3-008: why it stopped and what was odd; nothing where a driver stopped it at the charger and all was in order. */
function remark(
  transaction: Transaction,
  facts: SessionFacts,
  doubt: FactHold | LegalHold | undefined,
): string | undefined {
  const flags = new Set([...transaction.flags, ...facts.energyFlags, ...(doubt ? [doubt.hold] : [])]);
  const reason = transaction.stoppedReason ?? 'unknown';
  if (reason === 'Local' && flags.size === 0) return undefined;
  // Sorted: the same facts make the same document, in whatever order they came.
  const told = flags.size > 0 ? `; flags=${[...flags].sort().join(',')}` : '';
  return `stop=${reason}${told}`.slice(0, REMARK_LENGTH);
}

/** CD-34: the flat location of a CDR, out of a location narrowed to one EVSE and one connector. */
export function cdrLocation(location: Location): CdrLocation {
  const evse = location.evses[0];
  const connector = evse?.connectors[0];
  if (!evse || !connector) throw new Error('a CDR has one EVSE and one connector');
  return {
    id: location.id,
    ...(location.name === undefined ? {} : { name: location.name }),
    address: location.address,
    city: location.city,
    ...(location.postal_code === undefined ? {} : { postal_code: location.postal_code }),
    ...(location.state === undefined ? {} : { state: location.state }),
    country: location.country,
    coordinates: location.coordinates,
    evse_uid: evse.uid,
    evse_id: evse.evse_id ?? NOT_AVAILABLE,
    connector_id: connector.id,
    connector_standard: connector.standard,
    connector_format: connector.format,
    connector_power_type: connector.power_type,
  };
}
