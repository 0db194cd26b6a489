import { nested, type Payload, text } from '../protocol.js';
import {
  type ChargingState,
  type Outlet,
  type SampleContext,
  type Station,
  type Transaction,
  timestamp,
} from '../station.js';

interface Common {
  trigger: string;
  idToken?: Payload;
}

/** The TransactionEvents of a charger; every transaction counts its own seqNo without gaps. */
export interface TransactionEvents {
  begin(
    transaction: Transaction,
    outlet: Outlet,
    event: Common & { remoteStartId?: number; reservationId?: number },
  ): Promise<void>;
  update(
    transaction: Transaction,
    outlet: Outlet,
    event: Common & { chargingState?: ChargingState; sampleContext?: SampleContext },
  ): Promise<void>;
  end(
    transaction: Transaction,
    outlet: Outlet,
    event: Common & { reason: string; meterStopWh?: number },
  ): Promise<void>;
  meterSample(outlet: Outlet, context: string, energyWh?: number): Payload;
}

export function createTransactionEvents(station: Station): TransactionEvents {
  async function send(
    eventType: 'Started' | 'Updated' | 'Ended',
    transaction: Transaction,
    event: Common,
    info: Payload,
    more: Payload,
  ): Promise<void> {
    const payload: Payload = {
      eventType,
      timestamp: timestamp(),
      triggerReason: event.trigger,
      seqNo: transaction.seqNo,
      transactionInfo: { transactionId: transaction.id, ...info },
      ...(station.isOnline() ? {} : { offline: true }),
      ...(event.idToken ? { idToken: event.idToken } : {}),
      ...more,
    };
    transaction.seqNo += 1;
    await station.send({
      action: 'TransactionEvent',
      build: () => payload,
      onAnswer(result) {
        const status = text(nested(result, 'idTokenInfo') ?? {}, 'status');
        if (status !== undefined && status !== 'Accepted') transaction.refused = status;
      },
    });
  }

  return {
    meterSample,

    begin: (transaction, outlet, { remoteStartId, reservationId, ...event }) =>
      send(
        'Started',
        transaction,
        event,
        { chargingState: 'EVConnected', ...(remoteStartId === undefined ? {} : { remoteStartId }) },
        {
          evse: { id: outlet.number, connectorId: 1 },
          meterValue: [meterSample(outlet, 'Transaction.Begin', transaction.startWh)],
          ...(reservationId === undefined ? {} : { reservationId }),
        },
      ),

    update: (transaction, outlet, { chargingState, sampleContext, ...event }) =>
      send(
        'Updated',
        transaction,
        event,
        chargingState === undefined ? {} : { chargingState },
        sampleContext === undefined ? {} : { meterValue: [meterSample(outlet, sampleContext)] },
      ),

    end: (transaction, outlet, { reason, meterStopWh, ...event }) =>
      send(
        'Ended',
        transaction,
        event,
        { stoppedReason: reason },
        { meterValue: [meterSample(outlet, 'Transaction.End', meterStopWh)] },
      ),
  };
}

function meterSample(outlet: Outlet, context: string, energyWh = outlet.meter.readWh()): Payload {
  return {
    timestamp: timestamp(),
    sampledValue: [
      {
        value: Number(energyWh.toFixed(1)),
        context,
        measurand: 'Energy.Active.Import.Register',
        unitOfMeasure: { unit: 'Wh' },
      },
      {
        value: outlet.meter.powerW(),
        context,
        measurand: 'Power.Active.Import',
        unitOfMeasure: { unit: 'W' },
      },
    ],
  };
}
