import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { GOLDEN_SETTINGS, type GoldenGateway, OPERATOR_TOKEN, STARTED_AT } from './golden-gateway.js';
import { operatorApi } from './operator-api.js';
import { timeOf } from './vector.js';

const PROGRAM = fileURLToPath(new URL('moved-gateway.mjs', import.meta.url));

type Up = { up: GoldenGateway['urls'] & { operator: string } };
type Message = Up | { settling: number } | { done: number };

/** A gateway of the scenarios that can be killed. */
export interface GoldenProcess extends GoldenGateway {
  /** From now on nothing that is ready for a charger leaves; what led to it is stored as ever. */
  holdAnswers(): Promise<void>;
  /** SIGKILL, then a start at the same time on the same data and addresses. */
  killAndRestart(): Promise<void>;
}

/** @param settings the database and the ports, which are the same after a restart. */
export async function startGoldenProcess(settings: Record<string, string>): Promise<GoldenProcess> {
  let now = timeOf(STARTED_AT);
  let running = await launch({ ...GOLDEN_SETTINGS, ...settings }, now);
  return {
    urls: running.urls,
    operator: operatorApi(running.urls.operator, OPERATOR_TOKEN),
    clock: {
      now: () => now,
      moveTo: (until, settle) =>
        running.ask({ ask: 'move', until }, async (at) => {
          now = at;
          await settle();
        }),
    },
    idle: () => running.ask({ ask: 'idle' }),
    holdAnswers: () => running.ask({ ask: 'hold' }),
    async killAndRestart() {
      await running.kill();
      running = await launch({ ...GOLDEN_SETTINGS, ...settings }, now);
    },
    stop: () => running.kill(),
  };
}

async function launch(settings: Record<string, string>, startAt: number) {
  const child = fork(PROGRAM, [JSON.stringify({ settings, startAt })], {
    env: { PATH: process.env.PATH },
    execArgv: [],
  });
  const lastResort = () => void child.kill('SIGKILL');
  process.once('exit', lastResort);
  const ended = once(child, 'close').then(() => process.off('exit', lastResort));
  const { up } = await heard(child, ended, (message): message is Up => 'up' in message);
  let asked = 0;
  return {
    urls: up,
    async ask(
      question: object,
      settle: (at: number) => Promise<void> = async () => undefined,
    ): Promise<void> {
      const id = asked++;
      const settling = (message: Message) => {
        if ('settling' in message) void settle(message.settling).then(() => child.send({ goOn: true }));
      };
      child.on('message', settling);
      const answered = heard(
        child,
        ended,
        (message): message is { done: number } => 'done' in message && message.done === id,
      );
      child.send({ id, ...question });
      await answered.finally(() => child.off('message', settling));
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** The first message that is the one. @throws Error when the process ends before it. */
function heard<Wanted extends Message>(
  child: ChildProcess,
  ended: Promise<unknown>,
  isIt: (message: Message) => message is Wanted,
): Promise<Wanted> {
  return new Promise((resolve, reject) => {
    const listen = (message: Message) => {
      if (!isIt(message)) return;
      child.off('message', listen);
      resolve(message);
    };
    child.on('message', listen);
    void ended.then(() => reject(new Error('the gateway ended')));
  });
}
