import { randomUUID } from 'node:crypto';
import type { Charger, Payload } from '@roambridge/sim-charger';
import type { Used } from './expected-cost.js';

/** A driver with a card, as the charger tells of it: every time and reading is given. */
export interface Visit {
  outlet: number;
  idTag: string;
  /** Milliseconds since 1970, whole seconds. */
  startedAt: number;
  /** The vehicle is full and stays. */
  fullAt: number;
  endedAt: number;
  startWh: number;
  fullWh: number;
}

export function usedBy({ startedAt, fullAt, endedAt, startWh, fullWh }: Visit): Used {
  return {
    energyDeciWh: BigInt(fullWh - startWh) * 10n,
    chargingSeconds: BigInt((fullAt - startedAt) / 1000),
    parkingSeconds: BigInt((endedAt - fullAt) / 1000),
  };
}

/** Plays a visit whose times may lie in the past: a charger delivers what it queued just like this. */
export function playVisit(charger: Charger, visit: Visit): Promise<void> {
  return charger.protocol === 'ocpp1.6' ? play16(charger, visit) : play201(charger, visit);
}

const iso = (at: number) => new Date(at).toISOString();
const REGISTER = 'Energy.Active.Import.Register';

async function play16(charger: Charger, visit: Visit): Promise<void> {
  const { outlet: connectorId, idTag, startedAt, fullAt, endedAt, startWh, fullWh } = visit;
  const status = (name: string, at: number) =>
    charger.call('StatusNotification', {
      connectorId,
      errorCode: 'NoError',
      status: name,
      timestamp: iso(at),
    });
  await status('Preparing', startedAt - 1_000);
  await charger.call('Authorize', { idTag });
  const start = { connectorId, idTag, meterStart: startWh, timestamp: iso(startedAt) };
  const { transactionId } = await charger.call('StartTransaction', start);
  const sample = (wh: number, at: number) =>
    charger.call('MeterValues', {
      connectorId,
      transactionId,
      meterValue: [
        { timestamp: iso(at), sampledValue: [{ value: String(wh), measurand: REGISTER, unit: 'Wh' }] },
      ],
    });
  await status('Charging', startedAt);
  await sample(Math.round((startWh + fullWh) / 2), (startedAt + fullAt) / 2);
  await sample(fullWh, fullAt);
  await status('SuspendedEV', fullAt);
  const stop = { transactionId, idTag, meterStop: fullWh, timestamp: iso(endedAt), reason: 'Local' };
  await charger.call('StopTransaction', stop);
  await status('Available', endedAt);
}

async function play201(charger: Charger, visit: Visit): Promise<void> {
  const { outlet, idTag, startedAt, fullAt, endedAt, startWh, fullWh } = visit;
  const transactionId = randomUUID();
  const idToken = { idToken: idTag, type: 'ISO14443' };
  let seqNo = 0;
  const status = (connectorStatus: string, at: number) =>
    charger.call('StatusNotification', {
      timestamp: iso(at),
      connectorStatus,
      evseId: outlet,
      connectorId: 1,
    });
  const event = (eventType: string, triggerReason: string, at: number, info: Payload, more: Payload = {}) =>
    charger.call('TransactionEvent', {
      eventType,
      triggerReason,
      timestamp: iso(at),
      seqNo: seqNo++,
      transactionInfo: { transactionId, ...info },
      ...more,
    });
  const meterValue = (value: number, at: number, context: string) => [
    {
      timestamp: iso(at),
      sampledValue: [{ value, context, measurand: REGISTER, unitOfMeasure: { unit: 'Wh' } }],
    },
  ];
  await status('Occupied', startedAt - 1_000);
  await charger.call('Authorize', { idToken });
  await event(
    'Started',
    'Authorized',
    startedAt,
    { chargingState: 'Charging' },
    {
      evse: { id: outlet, connectorId: 1 },
      idToken,
      meterValue: meterValue(startWh, startedAt, 'Transaction.Begin'),
    },
  );
  const half = (startedAt + fullAt) / 2;
  await event(
    'Updated',
    'MeterValuePeriodic',
    half,
    {},
    { meterValue: meterValue(Math.round((startWh + fullWh) / 2), half, 'Sample.Periodic') },
  );
  await event(
    'Updated',
    'ChargingStateChanged',
    fullAt,
    { chargingState: 'SuspendedEV' },
    { meterValue: meterValue(fullWh, fullAt, 'Sample.Periodic') },
  );
  await event(
    'Ended',
    'StopAuthorized',
    endedAt,
    { stoppedReason: 'Local' },
    { idToken, meterValue: meterValue(fullWh, endedAt, 'Transaction.End') },
  );
  await status('Available', endedAt);
}
