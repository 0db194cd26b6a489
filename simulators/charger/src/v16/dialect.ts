import { nested, numeric, type Payload, text } from '../protocol.js';
import { type Dialect, newTransaction, type Outlet, type Station, timestamp } from '../station.js';
import { createHandlers } from './handlers.js';

/** What a 1.6 charger reports as transaction id when its start was never answered (errata 3.18). */
const UNCONFIRMED_TRANSACTION = -1;

/** OCPP 1.6 messages of the charger. */
export function createDialect16(station: Station): Dialect {
  const idTagStatus = (result: Payload) => text(nested(result, 'idTagInfo') ?? {}, 'status');

  const dialect: Dialect = {
    words: { pluggedIn: 'Preparing', finishing: 'Finishing', remote: 'Remote', refused: 'DeAuthorized' },

    boot: () =>
      station.call('BootNotification', {
        chargePointVendor: station.vendor,
        chargePointModel: station.model,
        chargePointSerialNumber: station.serial,
        firmwareVersion: '1.4.2',
      }),

    async status(outlet, status, errorCode) {
      outlet.status = status;
      if (!station.isOnline()) return;
      await station.call('StatusNotification', {
        connectorId: outlet.number,
        errorCode: errorCode ?? (status === 'Faulted' ? 'OtherError' : 'NoError'),
        status,
        timestamp: timestamp(),
      });
    },

    async authorize(idTag) {
      if (!station.isOnline()) return 'Accepted';
      return idTagStatus(await station.call('Authorize', { idTag })) ?? 'Invalid';
    },

    async startLocally(outlet, idTag) {
      const status = await dialect.authorize(idTag);
      if (status !== 'Accepted') {
        station.log(`card ${idTag} refused (${status})`);
        return undefined;
      }
      return dialect.start(outlet, { outlet: outlet.number, idTag });
    },

    async start(outlet, input) {
      const transaction = newTransaction(outlet, input, undefined);
      const payload = {
        connectorId: outlet.number,
        idTag: input.idTag ?? '',
        meterStart: Math.round(transaction.startWh),
        timestamp: timestamp(),
        ...(input.reservationId === undefined ? {} : { reservationId: input.reservationId }),
      };
      await station.send({
        action: 'StartTransaction',
        build: () => payload,
        onAnswer(result) {
          transaction.id = numeric(result, 'transactionId') ?? UNCONFIRMED_TRANSACTION;
          const status = idTagStatus(result);
          if (status !== undefined && status !== 'Accepted') transaction.refused = status;
        },
        onGivenUp() {
          transaction.id = UNCONFIRMED_TRANSACTION;
        },
      });
      return transaction;
    },

    chargingState: (outlet, state) => dialect.status(outlet, state),

    async sample(outlet, transaction, context) {
      const meterValue = [meterSample(outlet, context)];
      await station.send({
        action: 'MeterValues',
        build: () => ({
          connectorId: outlet.number,
          ...(transaction ? { transactionId: transaction.id ?? UNCONFIRMED_TRANSACTION } : {}),
          meterValue,
        }),
      });
    },

    async stop(transaction, outlet, input) {
      const meterStop = Math.round(input.meterStopWh ?? outlet.meter.readWh());
      const at = timestamp();
      await station.send({
        action: 'StopTransaction',
        build: () => ({
          transactionId: transaction.id ?? UNCONFIRMED_TRANSACTION,
          meterStop,
          timestamp: at,
          ...(input.idTag === undefined ? {} : { idTag: input.idTag }),
          ...(input.reason === undefined ? {} : { reason: input.reason }),
        }),
      });
    },

    handlers: (sessions) => createHandlers(station, dialect, sessions),
  };
  return dialect;
}

function meterSample(outlet: Outlet, context: string): Payload {
  return {
    timestamp: timestamp(),
    sampledValue: [
      {
        value: outlet.meter.readWh().toFixed(1),
        context,
        measurand: 'Energy.Active.Import.Register',
        unit: 'Wh',
      },
      { value: String(outlet.meter.powerW()), context, measurand: 'Power.Active.Import', unit: 'W' },
    ],
  };
}
