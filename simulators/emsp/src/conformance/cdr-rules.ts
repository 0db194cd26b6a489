import { type JsonObject, listOf, numberOf, objectOf, textOf } from '../json.js';
import type { OcpiVersion, Party } from '../version.js';
import { differs, dimensionSum, periodFaults, sessionOnlyFaults } from './period-rules.js';
import { embeddedLocationFaults } from './session-rules.js';

const MS_PER_HOUR = 3_600_000;
/** Every partial cost may be rounded to cents on its own. */
const CENTS_ROUNDING = 0.02;
const PARTIAL_COSTS = ['fixed', 'energy', 'time', 'parking', 'reservation'].map(
  (part) => `total_${part}_cost`,
);

/** What the property tables do not say about a CDR that was sent to `party`. */
export function cdrFaults(cdr: JsonObject, version: OcpiVersion, party: Party): string[] {
  const start = textOf(cdr, 'start_date_time');
  const end = textOf(cdr, version === '2.1.1' ? 'stop_date_time' : 'end_date_time');
  const faults = [...periodFaults('CDR', cdr, start), ...sessionOnlyFaults(cdr, version)];
  if (version === '2.1.1') faults.push(...embeddedLocationFaults('CDR', cdr));
  else faults.push(...ownerFaults(cdr, party), ...tariffFaults(cdr), ...costFaults(cdr, version));

  const energy = numberOf(cdr, 'total_energy') ?? 0;
  const energySum = dimensionSum(cdr, 'ENERGY');
  if (differs(energy, energySum))
    faults.push(`CDR.total_energy ${energy} is not the ENERGY of its periods, ${energySum} (D2-048)`);
  if (start !== undefined && end !== undefined) {
    // CD-31: a CDR begins with its reservation; the time of the session does not.
    const reserved = dimensionSum(cdr, 'RESERVATION_TIME');
    const hours = (Date.parse(end) - Date.parse(start)) / MS_PER_HOUR - reserved;
    const time = numberOf(cdr, 'total_time') ?? 0;
    if (differs(time, hours))
      faults.push(`CDR.total_time ${time} is not end - start without reservation, ${hours} h (CD-40)`);
  }
  return faults;
}

/** CD-05: a CDR goes to the party of its token. */
function ownerFaults(cdr: JsonObject, party: Party): string[] {
  const token = objectOf(cdr, 'cdr_token');
  if (!token) return [];
  const owner = `${textOf(token, 'country_code')}*${textOf(token, 'party_id')}`.toUpperCase();
  const own = `${party.country_code}*${party.party_id}`.toUpperCase();
  return owner === own ? [] : [`CDR.cdr_token belongs to ${owner} and not to ${own} (CD-05)`];
}

/** CD-38: every tariff that a period names is part of the CDR. */
function tariffFaults(cdr: JsonObject): string[] {
  const listed = listOf(cdr, 'tariffs').map((tariff) => textOf(tariff, 'id'));
  return listOf(cdr, 'charging_periods')
    .map((period) => textOf(period, 'tariff_id'))
    .filter((id) => id !== undefined && !listed.includes(id))
    .map((id) => `CDR.tariffs lacks the tariff ${id} of a period (CD-38)`);
}

/** CD-42: without a price limit the partial costs add up; a credit negates the total alone (CD-20). */
function costFaults(cdr: JsonObject, version: OcpiVersion): string[] {
  const limited = listOf(cdr, 'tariffs').some(
    (tariff) => tariff.min_price !== undefined || tariff.max_price !== undefined,
  );
  const partial = PARTIAL_COSTS.map((name) => objectOf(cdr, name)).filter((price) => price !== undefined);
  const total = objectOf(cdr, 'total_cost');
  if (limited || partial.length === 0 || !total) return [];
  const net = (price: JsonObject) =>
    numberOf(price, version === '2.3.0' ? 'before_taxes' : 'excl_vat') ?? Number.NaN;
  const sum = partial.reduce((amount, price) => amount + net(price), 0);
  const owed = cdr.credit === true ? -net(total) : net(total);
  return Math.abs(sum - owed) <= CENTS_ROUNDING
    ? []
    : [`CDR.total_cost ${net(total)} is not the sum of its parts, ${sum} (CD-42)`];
}
