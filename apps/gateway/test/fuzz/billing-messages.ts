import fc from 'fast-check';
import { type Mutation, mutated, mutation } from './mutate.js';

export type Version = 'ocpp1.6' | 'ocpp2.0.1';

export interface BillingMessage {
  action: string;
  payload: unknown;
  mutations: readonly Mutation[];
}

const MINUTE_MS = 60_000;
/** The gateway's ids and those of other chargers are among them, and many that nobody gave. */
const TRANSACTION_IDS = 4_000;

const timestamp = (from: number) =>
  fc.integer({ min: -600, max: 600 }).map((minutes) => new Date(from + minutes * MINUTE_MS).toISOString());
const idTag = fc.constantFrom('04A1B2C3D4E5F6', 'STRANGER', '04a1b2c3d4e5f6', 'A-TAG-OF-TWENTY-CHAR');
const registerWh = fc.integer({ min: 0, max: 60_000 });
const connectorId = fc.integer({ min: 0, max: 4 });
const measurand = fc.constantFrom('Energy.Active.Import.Register', 'Power.Active.Import', 'SoC', 'Voltage');
const context = fc.constantFrom('Sample.Periodic', 'Transaction.Begin', 'Transaction.End', 'Trigger');
const unit = fc.constantFrom('Wh', 'kWh', 'W', 'kW', 'Percent', 'V');

const sampled16 = fc.record(
  { value: registerWh.map(String), measurand, context, unit },
  { requiredKeys: ['value'] },
);
const sampled201 = fc.record(
  { value: registerWh, measurand, context, unitOfMeasure: fc.record({ unit }) },
  { requiredKeys: ['value'] },
);

const meterValues = (from: number, sample: fc.Arbitrary<unknown>) =>
  fc.array(fc.record({ timestamp: timestamp(from), sampledValue: fc.array(sample, { maxLength: 3 }) }), {
    maxLength: 3,
  });

const transactionId16 = fc.oneof(fc.integer({ min: 1, max: TRANSACTION_IDS }), fc.constantFrom(0, -1));

function messages16(from: number): fc.Arbitrary<Omit<BillingMessage, 'mutations'>> {
  const start = fc.record({
    connectorId,
    idTag,
    meterStart: registerWh,
    timestamp: timestamp(from),
  });
  const stop = fc.record(
    {
      transactionId: transactionId16,
      meterStop: registerWh,
      timestamp: timestamp(from),
      idTag,
      reason: fc.constantFrom('Local', 'PowerLoss', 'DeAuthorized'),
      transactionData: meterValues(from, sampled16),
    },
    { requiredKeys: ['transactionId', 'meterStop', 'timestamp'] },
  );
  const values = fc.record(
    { connectorId, transactionId: transactionId16, meterValue: meterValues(from, sampled16) },
    { requiredKeys: ['connectorId', 'meterValue'] },
  );
  const named = (action: string) => (payload: unknown) => ({ action, payload });
  return fc.oneof(
    start.map(named('StartTransaction')),
    stop.map(named('StopTransaction')),
    values.map(named('MeterValues')),
  );
}

function messages201(from: number): fc.Arbitrary<Omit<BillingMessage, 'mutations'>> {
  const event = fc.record(
    {
      eventType: fc.constantFrom('Started', 'Updated', 'Ended'),
      timestamp: timestamp(from),
      triggerReason: fc.constantFrom('Authorized', 'MeterValuePeriodic', 'CablePluggedIn'),
      seqNo: fc.nat({ max: 8 }),
      offline: fc.boolean(),
      transactionInfo: fc.record(
        {
          // Few, so that events meet; also over the connectors.
          transactionId: fc.nat({ max: 12 }).map((number) => `tx-${number}`),
          chargingState: fc.constantFrom('Charging', 'SuspendedEV', 'EVConnected'),
          stoppedReason: fc.constantFrom('Local', 'PowerLoss'),
        },
        { requiredKeys: ['transactionId'] },
      ),
      evse: fc.record({ id: connectorId, connectorId }, { requiredKeys: ['id'] }),
      idToken: fc.record({ idToken: idTag, type: fc.constantFrom('ISO14443', 'eMAID', 'Central') }),
      meterValue: meterValues(from, sampled201),
    },
    { requiredKeys: ['eventType', 'timestamp', 'triggerReason', 'seqNo', 'transactionInfo'] },
  );
  const values = fc.record({ evseId: connectorId, meterValue: meterValues(from, sampled201) });
  return fc.oneof(
    { weight: 3, arbitrary: event.map((payload) => ({ action: 'TransactionEvent', payload })) },
    { weight: 1, arbitrary: values.map((payload) => ({ action: 'MeterValues', payload })) },
  );
}

/** Billing messages of one version around a moment, each with up to four things wrong; `payload` is as it is sent. */
export function billingMessages(version: Version, from: number): fc.Arbitrary<BillingMessage> {
  const base = version === 'ocpp1.6' ? messages16(from) : messages201(from);
  return fc
    .record({ base, mutations: fc.array(mutation, { maxLength: 4 }) })
    .map(({ base: { action, payload }, mutations }) => ({
      action,
      payload: mutated(payload, mutations),
      mutations,
    }));
}
