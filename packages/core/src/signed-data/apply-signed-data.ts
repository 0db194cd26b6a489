import { type EpochMs, type LegalFlag, sessionEnergy, type Transaction, withFlag } from '@roambridge/domain';
import type { CoreSettings } from '../settings.js';
import { checkReadings, type MeterTraits } from './check-readings.js';
import { type SignedSpan, signedSpan } from './signed-span.js';
import { toSignedData } from './to-signed-data.js';

/** A difference up to this is resolution: the signed register may have more or fewer digits (D3-024). */
const TOLERANCE_WH = 10;

/**
 * Checks the legal containers of an ended transaction and takes over what they say (D3-020..D3-024): the signed data of
 * its CDR, findings as flags, and for a legal meter the signed energy and times as those that are billed.
 */
export function applySignedData(
  transaction: Transaction,
  station: MeterTraits | undefined,
  { signedStartCopyFor }: Pick<CoreSettings, 'signedStartCopyFor'> = { signedStartCopyFor: [] },
): Transaction {
  const legal = station?.legalMetrology === true;
  const checked = checkReadings(transaction, station);
  let { flags } = transaction;
  const find = (flag: LegalFlag) => {
    flags = withFlag(flags, flag);
  };
  if (checked.length === 0) {
    if (legal) find('SIGNED_DATA_MISSING');
    return flags === transaction.flags ? transaction : { ...transaction, flags };
  }
  const next: Transaction = { ...transaction };
  if (checked.some(({ verdict }) => verdict === 'invalid')) find('SIGNATURE_INVALID');
  if (legal && checked.some(({ verdict }) => verdict === 'no-key' || verdict === 'unreadable')) {
    find('SIGNATURE_UNVERIFIED');
  }
  const payer = transaction.grant?.cdrToken;
  const startCopy = signedStartCopyFor.some(
    (party) => party.country_code === payer?.country_code && party.party_id === payer.party_id,
  );
  const { signedData, tooLong } = toSignedData(checked, startCopy);
  if (signedData) next.signedData = signedData;
  if (tooLong) find('SIGNED_DATA_TOO_LONG');

  const span = signedSpan(checked);
  if (span) {
    const signedWh = Math.round((span.end.wh - span.begin.wh) * 1000) / 1000;
    if (Math.abs(signedWh - measuredWh(transaction)) > TOLERANCE_WH) find('LEGAL_METER_MISMATCH');
    if (legal && signedWh >= 0) Object.assign(next, { billedWh: signedWh }, legalTimes(span));
  }
  next.flags = flags;
  return next;
}

function measuredWh(transaction: Transaction): number {
  const { samples, startedAt, activeAt, meterStartWh, meterStopWh, endedAt } = transaction;
  return sessionEnergy({
    samples,
    startedAt: activeAt ?? startedAt,
    ...(meterStartWh === undefined ? {} : { startWh: meterStartWh }),
    ...(meterStopWh === undefined ? {} : { stopWh: meterStopWh }),
    ...(endedAt === undefined ? {} : { endedAt }),
  }).energyWh;
}

/** The meter's times, where both come from a clock that was set. */
function legalTimes({ begin, end }: SignedSpan): { activeAt?: EpochMs; endedAt?: EpochMs } {
  if (!begin.synchronised || !end.synchronised || begin.at === undefined || end.at === undefined) return {};
  return begin.at <= end.at ? { activeAt: begin.at, endedAt: end.at } : {};
}
