import type { EvseView, StationView } from '../api/views.js';
import type { TEXTS } from '../texts.js';
import { isOcpp16 } from './protocol.js';

export type FieldActionName = keyof typeof TEXTS.field.actionNames;

/** What a person at a charger can ask of it, as an action of its protocol. */
export interface FieldAction {
  name: FieldActionName;
  action: string;
  payload: Record<string, unknown>;
  /** Asked before it is done. */
  confirms: boolean;
}

/** The EVSE that is acted on, and with what. */
export interface FieldTarget {
  station: StationView;
  evse: EvseView;
  idToken: string;
  /** The charger's id of the transaction that runs on the EVSE. */
  ocppTransactionId?: string;
}

/** The actions in the order of the page. */
export function fieldActions(target: FieldTarget): FieldAction[] {
  const actions = isOcpp16(target.station.protocol) ? ocpp16(target) : ocpp2(target);
  return target.ocppTransactionId === undefined ? actions.filter(({ name }) => name !== 'stop') : actions;
}

function ocpp16({ evse, idToken, ocppTransactionId }: FieldTarget): FieldAction[] {
  const connectorId = evse.evse_id;
  const trigger = (requestedMessage: string, payload = {}) => ({ requestedMessage, ...payload });
  return [
    plain('status', 'TriggerMessage', trigger('StatusNotification', { connectorId })),
    plain('meter', 'TriggerMessage', trigger('MeterValues', { connectorId })),
    plain('boot', 'TriggerMessage', trigger('BootNotification')),
    asked('start', 'RemoteStartTransaction', { connectorId, idTag: idToken }),
    asked('stop', 'RemoteStopTransaction', { transactionId: Number(ocppTransactionId) }),
    asked('unlock', 'UnlockConnector', { connectorId }),
    asked('softReset', 'Reset', { type: 'Soft' }),
    asked('hardReset', 'Reset', { type: 'Hard' }),
    asked('operative', 'ChangeAvailability', { connectorId, type: 'Operative' }),
    asked('inoperative', 'ChangeAvailability', { connectorId, type: 'Inoperative' }),
  ];
}

function ocpp2({ evse, idToken, ocppTransactionId }: FieldTarget): FieldAction[] {
  const evseId = evse.evse_id;
  const connectorId = evse.connectors[0]?.connector_id ?? 1;
  const remoteStartId = Math.floor(Math.random() * 2 ** 31);
  return [
    plain('status', 'TriggerMessage', {
      requestedMessage: 'StatusNotification',
      evse: { id: evseId, connectorId },
    }),
    plain('meter', 'TriggerMessage', { requestedMessage: 'MeterValues', evse: { id: evseId } }),
    plain('boot', 'TriggerMessage', { requestedMessage: 'BootNotification' }),
    asked('start', 'RequestStartTransaction', {
      evseId,
      remoteStartId,
      idToken: { idToken, type: 'Local' },
    }),
    asked('stop', 'RequestStopTransaction', { transactionId: ocppTransactionId }),
    asked('unlock', 'UnlockConnector', { evseId, connectorId }),
    asked('softReset', 'Reset', { type: 'OnIdle' }),
    asked('hardReset', 'Reset', { type: 'Immediate' }),
    asked('operative', 'ChangeAvailability', { operationalStatus: 'Operative', evse: { id: evseId } }),
    asked('inoperative', 'ChangeAvailability', { operationalStatus: 'Inoperative', evse: { id: evseId } }),
  ];
}

function plain(name: FieldActionName, action: string, payload: Record<string, unknown>): FieldAction {
  return { name, action, payload, confirms: false };
}

function asked(name: FieldActionName, action: string, payload: Record<string, unknown>): FieldAction {
  return { name, action, payload, confirms: true };
}
