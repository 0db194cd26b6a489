import type { LoadStation } from './messages.js';
import { METER_VALUES, type Meter, now, POWER_W, type Script, WH_PER_MESSAGE } from './script.js';

const TRANSACTION_ID = /"transactionId":(\d+)/;
const ACCEPTED = '"status":"Accepted"';

/** OCPP 1.6: StartTransaction, ten MeterValues and StopTransaction, again and again. */
export function sessionScript16({ id: stationId, tokenUid }: LoadStation, meter: Meter): Script {
  let step = 0;
  let transactionId = '';
  let sessions = 0;

  function text(id: string): string {
    if (step === 0) {
      return `[2,"${id}","StartTransaction",{"connectorId":1,"idTag":"${tokenUid}","meterStart":${meter.registerWh},"timestamp":"${now()}"}]`;
    }
    if (step > METER_VALUES) {
      return `[2,"${id}","StopTransaction",{"transactionId":${transactionId},"idTag":"${tokenUid}","meterStop":${meter.registerWh},"timestamp":"${now()}","reason":"Local"}]`;
    }
    return `[2,"${id}","MeterValues",{"connectorId":1,"transactionId":${transactionId},"meterValue":[{"timestamp":"${now()}","sampledValue":[{"value":"${meter.registerWh}","context":"Sample.Periodic","measurand":"Energy.Active.Import.Register","location":"Outlet","unit":"Wh"},{"value":"${POWER_W}","context":"Sample.Periodic","measurand":"Power.Active.Import","location":"Outlet","unit":"W"},{"value":"${20 + step}","context":"Sample.Periodic","measurand":"SoC","location":"EV","unit":"Percent"}]}]}]`;
  }

  return {
    next(id) {
      meter.registerWh += WH_PER_MESSAGE;
      return text(id);
    },
    answered(answer) {
      if (step === 0) {
        transactionId = TRANSACTION_ID.exec(answer)?.[1] ?? '';
        if (transactionId === '' || !answer.includes(ACCEPTED)) {
          throw new Error(`${stationId}: the start was not accepted: ${answer}`);
        }
      }
      if (step > METER_VALUES) sessions += 1;
      step = step > METER_VALUES ? 0 : step + 1;
    },
    atRest: () => step === 0,
    sessions: () => sessions,
  };
}
