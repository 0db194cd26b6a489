import type { DriverCommand, UnlockConnectorCommand } from '../model/command.js';
import type { StationAggregate } from '../stations/aggregate.js';
import { type CommandPorts, type Receive, refusal } from './desk-ports.js';
import { commandFacts } from './new-command.js';
import { findTarget } from './target.js';

/** D5.5: frees a cable that is stuck. */
export const unlockConnector: Receive<UnlockConnectorCommand> = async (ports, request, asked) => {
  const target = await findTarget(ports, request, 'UNLOCK_CAPABLE');
  if (target.kind === 'refused') return refusal(ports, target);
  return ports.registry().run(target.stationId, async (station) => {
    if (!mayUnlock(ports, station, target.evseId, asked.partner.id)) {
      return refusal(ports, { result: 'REJECTED', message: 'the EVSE is in use' });
    }
    const connectorId = target.connectorId ?? 1;
    const command: DriverCommand = {
      ...commandFacts(asked, station.station.id, target.owner),
      kind: 'UNLOCK_CONNECTOR',
      request,
      evseId: target.evseId,
      connectorId,
    };
    return ports.execution.accept(station, command, {
      kind: 'unlock-connector',
      evseId: target.evseId,
      connectorId,
    });
  });
};

/** D5-050: some chargers end the transaction when they unlock, so a partner unlocks its own driver's only. */
function mayUnlock(
  { settings }: CommandPorts,
  station: StationAggregate,
  evseId: number,
  partnerId: string,
): boolean {
  if (settings.unlockWithActiveTx === 'always') return true;
  const running = [...station.open.values()].filter(
    ({ transaction }) => transaction.endedAt === undefined && transaction.evseId === evseId,
  );
  if (settings.unlockWithActiveTx === 'never') return running.length === 0;
  return running.every(
    ({ transaction }) => transaction.authorizedAt === undefined || transaction.grant?.partnerId === partnerId,
  );
}
