import type { Payload } from '@roambridge/sim-charger';
import { eventually } from './eventually.js';
import { now, token, type World201 } from './ocpp201-world.js';

/** One TransactionEvent: what is told beside its number. */
export interface Step {
  type: 'Started' | 'Updated' | 'Ended';
  trigger: string;
  /** Uid of the card. */
  card?: string;
  /** Register, Wh, and the context of the reading. */
  wh?: number;
  context?: string;
  info?: Payload;
  /** Other members of the message. */
  more?: Payload;
}

export const started = (trigger: string, rest: Omit<Step, 'type' | 'trigger'> = {}): Step => ({
  type: 'Started',
  trigger,
  ...rest,
});
export const updated = (trigger: string, rest: Omit<Step, 'type' | 'trigger'> = {}): Step => ({
  type: 'Updated',
  trigger,
  ...rest,
});
export const ended = (trigger: string, rest: Omit<Step, 'type' | 'trigger'> = {}): Step => ({
  type: 'Ended',
  trigger,
  ...rest,
});
export const state = (chargingState: string): { info: Payload } => ({ info: { chargingState } });

/** A transaction of the charger, event by event. */
export interface Running {
  id: string;
  /** Sends the event with the next number; resolves with the answer. */
  step(step: Step): Promise<Payload>;
  /** The gateway's record of it. */
  record(): Promise<Payload>;
}

let made = 0;

export function transaction(world: World201, evseId: number | undefined = 1): Running {
  made += 1;
  const id = `tx-${made}-${world.station.id}`;
  let seqNo = 0;
  return {
    id,
    async step({ type, trigger, card, wh, context, info, more }) {
      const contexts = { Started: 'Transaction.Begin', Updated: 'Sample.Periodic', Ended: 'Transaction.End' };
      const payload: Payload = {
        eventType: type,
        triggerReason: trigger,
        timestamp: now(),
        seqNo,
        transactionInfo: { transactionId: id, ...info },
        ...(type === 'Started' && evseId !== undefined ? { evse: { id: evseId, connectorId: 1 } } : {}),
        ...(card === undefined ? {} : { idToken: token(card) }),
        ...(wh === undefined ? {} : { meterValue: [reading(wh, context ?? contexts[type])] }),
        ...more,
      };
      seqNo += 1;
      return world.charger.call('TransactionEvent', payload);
    },
    record: () =>
      eventually(`record of ${id}`, async () => {
        const path = `/transactions?station_id=${world.station.id}&limit=20`;
        const { items } = await world.gateway.operator.get(path);
        return (items as Payload[]).find(({ ocpp_transaction_id }) => ocpp_transaction_id === id);
      }),
  };
}

/** A register reading. */
export function reading(wh: number, context: string, more: Payload = {}): Payload {
  return {
    timestamp: now(),
    sampledValue: [
      {
        value: wh,
        context,
        measurand: 'Energy.Active.Import.Register',
        unitOfMeasure: { unit: 'Wh' },
        ...more,
      },
    ],
  };
}

/** Plays all steps; resolves with the answers. */
export async function play(world: World201, steps: readonly Step[], evseId?: number) {
  const running = transaction(world, evseId);
  const answers: Payload[] = [];
  for (const step of steps) answers.push(await running.step(step));
  return { ...running, answers };
}
