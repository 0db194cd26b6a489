import type { Emsp } from '@roambridge/sim-emsp';
import { DAY, TOKENS, type TokenName } from './golden-fixture.js';
import type { World } from './golden-world.js';
import { fill, fillText } from './match.js';
import { renamed } from './names.js';
import { SPELLINGS } from './ocpi-spelling.js';
import { expand, NOT_TOLD } from './shorthand.js';
import { type Kind, type Line, type Reply, type Step, type StepMembers, timeOf } from './vector.js';
import type { WireCharger } from './wire-charger.js';

/** Real time in which what is not to come would have come. */
const SOCKET_MS = 30;
/** No measure of anything: what has not come by then does not come. */
const ANSWER_MS = 30_000;

/** Modules whose sender is the CPO; partners ask it for something there. */
const SENDER_MODULES: ReadonlySet<string> = new Set(['locations', 'sessions', 'cdrs', 'tariffs']);

type Members = Record<string, unknown>;
type Handlers = { [Each in Kind]: (world: World, step: Line & StepMembers[Each]) => Promise<unknown> };

/** Moves the clock to the line and plays it. */
export async function play(world: World, line: Step): Promise<void> {
  const at = timeOf(line.at);
  if (!isExpectation(line) || world.golden.clock.now() < at) await world.moveTo(at);
  await perform(world, line);
}

/** Plays a line whose time has come. */
export async function perform(world: World, line: Step): Promise<void> {
  const step = renamed(expand(line, world.run), world.run.names) as Step;
  const kind = (Object.keys(HANDLERS) as Kind[]).find((name) => name in step);
  if (!kind) throw new Error(`unknown line ${JSON.stringify(line)}`);
  await (HANDLERS[kind] as (world: World, step: Step) => Promise<unknown>)(world, step);
  if (!isExpectation(line)) await world.settle();
}

/** What is expected is compared later: nothing happens now, and nothing has to settle. */
const isExpectation = (line: Step) => 'expect' in line;

const HANDLERS = {
  async send(world, { at, send: [action, payload], id, as, answer }) {
    const filled = fill(payload, world.bindings);
    world.noteReport(action, filled);
    const answered = world.charger.call(action, filled, id);
    if (as === undefined)
      world.check(`${at} answer to ${action}`, outcome(await within(answered, action)), answer);
    else {
      world.openAnswers.set(as, answered);
      await world.charger.crossed();
    }
  },

  async pipelined(world, { at, pipelined, answer }) {
    const { charger } = world;
    const answered = pipelined.map(([action, payload]) =>
      charger.call(action, fill(payload, world.bindings)),
    );
    const frames = await within(Promise.all(answered), 'pipelined calls');
    world.check(`${at} answers to pipelined calls`, frames.map(outcome), answer);
  },

  async answer_of(world, { at, answer_of, answer }) {
    const answered = world.openAnswers.get(answer_of);
    if (!answered) throw new Error(`no line is called ${answer_of}`);
    if (answer === null) {
      const got = await Promise.race([answered, pause(SOCKET_MS)]);
      if (got !== undefined) world.problems.push(`${at} answer to ${answer_of}: ${JSON.stringify(got)}`);
      return;
    }
    world.check(`${at} answer to ${answer_of}`, outcome(await within(answered, answer_of)), answer);
  },

  async raw(world, { at, raw, answer }) {
    const { charger } = world;
    charger.sendRaw(fill(raw, world.bindings));
    if (answer === null) return pause(SOCKET_MS);
    await until(() => charger.strays.length > 0);
    world.check(`${at} answer to ${JSON.stringify(raw)}`, charger.strays.shift(), answer);
  },

  async call(world, step) {
    const { charger } = world;
    const [action, payload] = step.call;
    await until(() => charger.calls.some((call) => call.action === action));
    const index = charger.calls.findIndex((call) => call.action === action);
    const [call] = index < 0 ? [] : charger.calls.splice(index, 1);
    if (!call) {
      world.problems.push(`${step.at} no ${action} from the gateway`);
      return;
    }
    world.check(`${step.at} ${action}`, call.payload, payload);
    if (step.as === undefined) await reply(world, { id: call.id, charger }, step);
    else world.openCalls.set(step.as, { id: call.id, charger });
  },

  async reply_to(world, step) {
    const call = world.openCalls.get(step.reply_to);
    if (!call) throw new Error(`no call is called ${step.reply_to}`);
    await reply(world, call, step);
  },

  async command(world, { at, command: [name, body], answer, party }) {
    world.reconcile();
    const spelling = SPELLINGS[world.run.version];
    const filled = spelling.command(fill(body, world.bindings) as Members);
    const sent = await sendCommand(world.partner(party), name, filled, renamed(TOKENS, world.run.names));
    world.check(`${at} answer to ${name}`, sent.response, spelling.commandAnswer(answer as Members));
  },

  async request(world, { at, request: [method, module, path, body], answer, party }) {
    world.reconcile();
    const where = fillText(path, world.bindings);
    const filled = body === undefined ? undefined : (fill(body, world.bindings) as never);
    const role = SENDER_MODULES.has(module) ? 'SENDER' : 'RECEIVER';
    const { httpStatus, statusCode, data } = await world
      .partner(party)
      .send(method, module, role, where, filled);
    const got = { http: httpStatus, status_code: statusCode, ...(data === undefined ? {} : { data }) };
    const expected = { http: 200, status_code: 1000, ...(answer as Members) };
    world.check(`${at} answer to ${method} ${module}${path}`, got, expected);
  },

  async expect(world, { at, expect: [method, path, body], party = 'DE' }) {
    if (body === NOT_TOLD) return;
    const { command, commandResult } = { ...SPELLINGS[world.run.version], command: path === 'commands' };
    world.expected.push({
      at: timeOf(at),
      party,
      method,
      path,
      body: command ? commandResult(body as Members) : body,
    });
  },

  async answers(
    world,
    { answers: { method, path, times = 1, http, status_code = 1000, data, drop, hold, delay_ms }, party },
  ) {
    let left = times;
    world.partner(party).respondWith({ method, path }, (request) => {
      if (left-- <= 0) return undefined;
      if (drop || hold || status_code >= 2000) world.refused.add(request);
      if (hold) return new Promise<never>(() => undefined);
      if (drop) return { drop };
      const timestamp = new Date(world.golden.clock.now()).toISOString();
      return {
        status: http ?? 200,
        ...(delay_ms === undefined ? {} : { delayMs: delay_ms }),
        body: { status_code, timestamp, ...(data === undefined ? {} : { data: fill(data, world.bindings) }) },
      };
    });
  },

  token: (world, { at, token: [uid, members], party }) =>
    world.partner(party).patchToken(uid, { last_updated: `${DAY}T${at}Z`, ...members } as never),

  push_token: (world, { push_token, party }) => world.partner(party).pushToken(push_token as never),

  partner: (world, { partner, party }) => world.partner(party)[partner](),

  async operator(world, { at, operator: [method, path, body], answer, as }) {
    const where = fillText(path, world.bindings);
    const filled = body === undefined ? undefined : (fill(body, world.bindings) as object);
    const called = world.golden.operator.call(method, where, filled);
    if (as !== undefined) {
      world.openAnswers.set(
        as,
        called.then((payload) => [3, as, payload]),
      );
      return pause(SOCKET_MS);
    }
    const got = await called;
    if (answer !== undefined) world.check(`${at} answer to ${method} ${path}`, got, answer);
  },

  async socket(world, { at, socket }) {
    const first = world.charger;
    if (socket === 'close') return first.close();
    world.charger = await world.connect();
    //
    if (socket === 'second')
      world.check(`${at} close of the first`, await within(first.closed, 'close'), 1001);
  },

  async wait() {},
} satisfies Handlers;

/** The token of a command is named by its letter, or written out. */
function sendCommand(emsp: Emsp, name: string, body: Members, tokens: typeof TOKENS) {
  const token = typeof body.token === 'string' ? tokens[body.token as TokenName] : body.token;
  switch (name) {
    case 'START_SESSION':
      return emsp.startSession({ ...body, token } as never);
    case 'RESERVE_NOW':
      return emsp.reserveNow({ ...body, token } as never);
    default:
      return emsp.command(name, body as never);
  }
}

async function reply(world: World, call: { id: string; charger: WireCharger }, answer: Reply): Promise<void> {
  if (answer.error) call.charger.refuse(call.id, ...answer.error);
  else call.charger.reply(call.id, fill(answer.reply, world.bindings));
  // The answer crosses a real socket before the gateway can be idle again.
  await call.charger.crossed();
}

/** Payload of a CALLRESULT, or the code of a CALLERROR. */
function outcome(frame: unknown[]): unknown {
  return frame[0] === 3 ? frame[2] : { error: frame[2] };
}

async function until(ready: () => boolean): Promise<void> {
  for (const end = Date.now() + ANSWER_MS; !ready() && Date.now() < end; ) await pause(5);
}

function within<T>(promise: Promise<T>, what: string): Promise<T> {
  return Promise.race([
    promise,
    new Promise<T>((_, reject) =>
      setTimeout(() => reject(new Error(`no answer to ${what}`)), ANSWER_MS).unref(),
    ),
  ]);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
