import { randomUUID } from 'node:crypto';
import type { LoadStation } from './messages.js';
import { METER_VALUES, type Meter, now, POWER_W, type Script, WH_PER_MESSAGE } from './script.js';

const REFUSED = /"idTokenInfo":\{"status":"(?!Accepted")/;

/** OCPP 2.0.1: one transaction of TransactionEvents after the other: Started, ten times Updated, Ended. */
export function sessionScript201({ id: stationId, tokenUid }: LoadStation, meter: Meter): Script {
  let step = 0;
  let transactionId = '';
  let sessions = 0;
  const idToken = `"idToken":{"idToken":"${tokenUid}","type":"ISO14443"}`;

  function event(id: string, type: string, trigger: string, info: string, rest: string): string {
    return `[2,"${id}","TransactionEvent",{"eventType":"${type}","timestamp":"${now()}","triggerReason":"${trigger}","seqNo":${step},"transactionInfo":{"transactionId":"${transactionId}",${info}}${rest}}]`;
  }

  function sample(context: string): string {
    return `"meterValue":[{"timestamp":"${now()}","sampledValue":[{"value":${meter.registerWh},"context":"${context}","measurand":"Energy.Active.Import.Register","location":"Outlet","unitOfMeasure":{"unit":"Wh"}},{"value":${POWER_W},"context":"${context}","measurand":"Power.Active.Import","location":"Outlet","unitOfMeasure":{"unit":"W"}},{"value":${20 + step},"context":"${context}","measurand":"SoC","location":"EV"}]}]`;
  }

  return {
    next(id) {
      meter.registerWh += WH_PER_MESSAGE;
      if (step === 0) {
        transactionId = randomUUID();
        const rest = `,"evse":{"id":1,"connectorId":1},${idToken},${sample('Transaction.Begin')}`;
        return event(id, 'Started', 'Authorized', '"chargingState":"Charging"', rest);
      }
      if (step > METER_VALUES) {
        const rest = `,${idToken},${sample('Transaction.End')}`;
        return event(id, 'Ended', 'StopAuthorized', '"stoppedReason":"Local"', rest);
      }
      const rest = `,${sample('Sample.Periodic')}`;
      return event(id, 'Updated', 'MeterValuePeriodic', '"chargingState":"Charging"', rest);
    },
    answered(answer) {
      if (step === 0 && REFUSED.test(answer)) {
        throw new Error(`${stationId}: the start was not accepted: ${answer}`);
      }
      if (step > METER_VALUES) sessions += 1;
      step = step > METER_VALUES ? 0 : step + 1;
    },
    atRest: () => step === 0,
    sessions: () => sessions,
  };
}
