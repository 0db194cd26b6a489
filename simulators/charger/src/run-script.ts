import { setTimeout as delay } from 'node:timers/promises';
import type { Charger } from './handle.js';
import type { Script, Step } from './script.js';

const MS_PER_SECOND = 1_000;

type Actor = Omit<Charger, 'scriptDone'>;

/** Plays the steps one after another; the first step that fails ends the script. */
export async function runScript(script: Script, charger: Actor): Promise<void> {
  for (const step of script) await play(step, charger);
}

async function play(step: Step, charger: Actor): Promise<void> {
  switch (step.do) {
    case 'boot':
      await charger.boot();
      return;
    case 'status':
      return charger.status(step.connector, step.status, step.errorCode);
    case 'wait':
      return delay(step.seconds * MS_PER_SECOND);
    case 'session':
      await charger.session({
        outlet: step.connector,
        idTag: step.idTag,
        seconds: step.seconds,
        powerW: step.powerW,
        ...(step.sampleEvery === undefined ? {} : { sampleEverySeconds: step.sampleEvery }),
        ...(step.idleSeconds === undefined ? {} : { idleSeconds: step.idleSeconds }),
      });
      return;
    case 'authorize':
      await charger.authorize(step.idTag);
      return;
    case 'start':
      await charger.startTransaction({ outlet: step.connector, idTag: step.idTag });
      if (step.powerW !== undefined) charger.setPowerW(step.connector, step.powerW);
      return;
    case 'sample':
      return charger.meterValues(step.connector, step.wh);
    case 'stop':
      return charger.stopTransaction(
        step.connector,
        step.reason === undefined ? {} : { reason: step.reason },
      );
    case 'call':
      await charger.call(step.action, step.payload);
      return;
    case 'disconnect':
      return charger.kill();
    case 'reconnect':
      return charger.reconnect();
    case 'repeat':
      for (let round = 0; round < step.times; round += 1) await runScript(step.steps, charger);
      return;
    default:
      step satisfies never;
  }
}
