import { randomUUID } from 'node:crypto';
import { nested, type Payload, text } from '../protocol.js';
import { type Dialect, newTransaction, type Station, timestamp } from '../station.js';
import { createHandlers201 } from './handlers.js';
import { createTransactionEvents } from './transaction-events.js';

const DEFAULT_TOKEN_TYPE = 'ISO14443';

/** OCPP 2.0.1 messages of the charger; its transactions start when the cable is plugged in (EVConnected). */
export function createDialect201(station: Station): Dialect {
  const events = createTransactionEvents(station);

  const dialect: Dialect = {
    words: { pluggedIn: 'Occupied', finishing: undefined, remote: 'Remote', refused: 'DeAuthorized' },

    boot: (reason) =>
      station.call('BootNotification', {
        reason,
        chargingStation: {
          vendorName: station.vendor,
          model: station.model,
          serialNumber: station.serial,
          firmwareVersion: '3.1.0',
        },
      }),

    async status(outlet, status) {
      outlet.status = status;
      if (!station.isOnline()) return;
      await station.call('StatusNotification', {
        timestamp: timestamp(),
        connectorStatus: status,
        evseId: outlet.number,
        connectorId: 1,
      });
    },

    async authorize(idTag, idTokenType) {
      if (!station.isOnline()) return 'Accepted';
      const result = await station.call('Authorize', { idToken: idToken(idTag, idTokenType) });
      return text(nested(result, 'idTokenInfo') ?? {}, 'status') ?? 'Invalid';
    },

    async startLocally(outlet, idTag) {
      const transaction = await dialect.start(outlet, { outlet: outlet.number });
      const status = await dialect.authorize(idTag);
      if (status !== 'Accepted') {
        station.log(`card ${idTag} refused (${status})`);
        delete outlet.transaction;
        await events.end(transaction, outlet, { reason: 'EVDisconnected', trigger: 'EVDeparted' });
        return undefined;
      }
      transaction.idTag = idTag;
      await events.update(transaction, outlet, { trigger: 'Authorized', idToken: idToken(idTag) });
      return transaction;
    },

    async start(outlet, input) {
      const transaction = newTransaction(outlet, input, randomUUID());
      await events.begin(transaction, outlet, {
        trigger: startTrigger(input.remoteStartId, input.idTag),
        ...(input.idTag === undefined ? {} : { idToken: idToken(input.idTag, input.idTokenType) }),
        ...(input.remoteStartId === undefined ? {} : { remoteStartId: input.remoteStartId }),
        ...(input.reservationId === undefined ? {} : { reservationId: input.reservationId }),
      });
      return transaction;
    },

    async chargingState(outlet, chargingState) {
      const { transaction } = outlet;
      if (transaction)
        await events.update(transaction, outlet, { trigger: 'ChargingStateChanged', chargingState });
    },

    async sample(outlet, transaction, context) {
      if (transaction) {
        const trigger = context === 'Trigger' ? 'Trigger' : 'MeterValuePeriodic';
        await events.update(transaction, outlet, { trigger, sampleContext: context });
      } else {
        const meterValue = [events.meterSample(outlet, context)];
        await station.send({
          action: 'MeterValues',
          build: () => ({ evseId: outlet.number, meterValue }),
        });
      }
    },

    async stop(transaction, outlet, input) {
      await events.end(transaction, outlet, {
        reason: input.reason ?? 'Local',
        trigger: STOP_TRIGGERS[input.reason ?? 'Local'] ?? 'AbnormalCondition',
        ...(input.idTag === undefined ? {} : { idToken: idToken(input.idTag) }),
        ...(input.meterStopWh === undefined ? {} : { meterStopWh: input.meterStopWh }),
      });
    },

    handlers: (sessions) => createHandlers201(station, dialect, sessions),
  };
  return dialect;
}

const STOP_TRIGGERS: Record<string, string> = {
  DeAuthorized: 'Deauthorized',
  EVDisconnected: 'EVCommunicationLost',
  ImmediateReset: 'ResetCommand',
  Local: 'StopAuthorized',
  Remote: 'RemoteStop',
  StoppedByEV: 'EVDeparted',
  UnlockCommand: 'UnlockCommand',
};

function startTrigger(remoteStartId: number | undefined, idTag: string | undefined): string {
  if (remoteStartId !== undefined) return 'RemoteStart';
  return idTag === undefined ? 'CablePluggedIn' : 'Authorized';
}

function idToken(idTag: string, type: string = DEFAULT_TOKEN_TYPE): Payload {
  return { idToken: idTag, type };
}
