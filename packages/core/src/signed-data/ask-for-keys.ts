import type { Transaction } from '@roambridge/domain';
import type { DeviceVariable } from '../model/device-model.js';
import type { Log } from '../ports/log.js';
import type { StationLink } from '../ports/station-link.js';
import type { StationAggregate } from '../stations/aggregate.js';

export interface KeyPorts {
  log: Log;
  link: () => StationLink;
  /** Takes over what the charger told of itself. */
  learned: (stationId: string, variables: readonly DeviceVariable[]) => Promise<void>;
  /** The bill of the transaction may have been made without the key that is known now. */
  keyLearned: (stationId: string, transaction: Transaction) => Promise<void>;
}

/**
 * D3-023: a charger that signs and tells no key may have it in its configuration. Asked for once in a connection, by the
 * first container without one; what it answers is kept for all that follow.
 */
export function askForMeterKeys(
  { log, link, learned, keyLearned }: KeyPorts,
  { station, state, connection }: StationAggregate,
  transaction: Transaction,
  asked: WeakSet<object>,
): void {
  const { signedReadings, connectorId } = transaction;
  if (!signedReadings || !connection || asked.has(connection)) return;
  const known =
    station.meterPublicKeys !== undefined ||
    state.meters?.some(({ publicKey }) => publicKey !== undefined) ||
    signedReadings.some(({ value }) => value.publicKey !== undefined);
  if (known) return;
  asked.add(connection);
  const connectorIds = state.connectors.map((connector) => connector.connectorId);
  if (connectorIds.length === 0) connectorIds.push(connectorId ?? 1);
  link()
    .call(station.id, { kind: 'report-meter-keys', connectorIds }, { priority: 4 })
    .then(async (outcome) => {
      const variables = outcome.kind === 'result' ? (outcome.variables ?? []) : [];
      if (variables.length === 0) return;
      await learned(station.id, variables);
      // A charger that signs only at the end is asked when its first bill is made already.
      await keyLearned(station.id, transaction);
    })
    .catch((error: unknown) => log.warn({ err: error, station: station.id }, 'meter keys not asked for'));
}
