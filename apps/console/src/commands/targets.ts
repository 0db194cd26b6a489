import type { StationView, TransactionView } from '../api/views.js';
import { TEXTS } from '../texts.js';
import type { Target } from './prefill.js';
import { isOcpp16 } from './protocol.js';

export interface NamedTarget extends Target {
  name: string;
}

/** The connectors of a station, those with a running transaction first. */
export function targetsOf(
  station: StationView,
  transactions: readonly TransactionView[],
): readonly NamedTarget[] {
  const targets = station.evses.flatMap(({ evse_id, connectors }) => {
    const running = transactions.find((one) => one.open && one.evse_id === evse_id);
    const ids = connectors.length === 0 ? [undefined] : connectors.map(({ connector_id }) => connector_id);
    return ids.map((connectorId) => ({
      name: nameOf(evse_id, connectorId, ids.length, running !== undefined),
      evseId: evse_id,
      // An EVSE of OCPP 1.6 without a connector that was heard of is a connector itself.
      ...(connectorId === undefined && isOcpp16(station.protocol) ? { connectorId: evse_id } : {}),
      ...(connectorId === undefined ? {} : { connectorId }),
      ...(running === undefined ? {} : { ocppTransactionId: running.ocpp_transaction_id }),
    }));
  });
  const isBusy = ({ ocppTransactionId }: Target) => ocppTransactionId !== undefined;
  return [...targets.filter(isBusy), ...targets.filter((target) => !isBusy(target))];
}

function nameOf(evseId: number, connectorId: number | undefined, ofMany: number, runs: boolean): string {
  const connector = connectorId === undefined || ofMany === 1 ? '' : `, ${TEXTS.connector(connectorId)}`;
  return `${TEXTS.evse(evseId)}${connector}${runs ? `, ${TEXTS.station.transactions.running}` : ''}`;
}
