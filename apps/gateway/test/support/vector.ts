import { DAY, type Form, type PartyName } from './golden-fixture.js';
import type { OcpiVersion } from './ocpi-spelling.js';

/** What a line can be, by the member that says so. README.md beside the vectors explains each. */
export interface StepMembers {
  send: { send: [action: string, payload: unknown]; answer?: unknown; as?: string; id?: string };
  pipelined: { pipelined: [action: string, payload: unknown][]; answer: unknown[] };
  answer_of: { answer_of: string; answer: unknown };
  raw: { raw: unknown; answer: unknown[] | null };
  call: { call: [action: string, payload: unknown]; as?: string } & Reply;
  reply_to: { reply_to: string } & Reply;
  command: { command: [name: string, body: Record<string, unknown>]; answer: unknown };
  request: { request: [method: string, module: string, path: string, body?: unknown]; answer: unknown };
  expect: { expect: [method: string, path: string, body?: unknown] };
  answers: { answers: PartnerAnswer };
  token: { token: [uid: string, members: Record<string, unknown>] };
  push_token: { push_token: Record<string, unknown> & { uid: string } };
  partner: { partner: 'down' | 'up' };
  operator: { operator: [method: string, path: string, body?: object]; answer?: unknown; as?: string };
  socket: { socket: 'close' | 'open' | 'second' };
  wait: { wait: true };
}

export type Kind = keyof StepMembers;

/** What happens to a gateway that is a process of its own, and so to all runs that share it. */
export interface SharedMembers {
  /** What is ready for a charger does not leave any more. */
  hold: { hold: 'answers' };
  kill: { kill: true };
}

export interface Line {
  /** `10:00:00`, or `+1 10:00:00` for the next day. */
  at: string;
  /** The line exists for partners of these versions only. */
  partners?: OcpiVersion[];
  /** Which partner, default DE; FR is there when the vector says `second_partner`. */
  party?: PartyName;
}

/** One line of a scenario: what happens at a time, or what must have happened. */
export type Step = Line & (StepMembers[Kind] | SharedMembers[keyof SharedMembers]);

/** Answer of the charger to a call: a payload, or a CALLERROR. */
export interface Reply {
  reply?: unknown;
  error?: [code: string, description: string];
}

/** What the partner answers to the next requests that match, in place of what it usually does. */
export interface PartnerAnswer {
  method: string;
  /** As in `expect`, without the query; a part is enough. */
  path: string;
  /** How many requests, default 1. */
  times?: number;
  http?: number;
  status_code?: number;
  data?: unknown;
  /** Cuts the connection. */
  drop?: true;
  /** Never answers, and leaves the connection open. */
  hold?: true;
  /** Real time before the answer: the clock that is moved by hand stands still meanwhile. */
  delay_ms?: number;
}

export interface Vector {
  id: string;
  title: string;
  /** `unknown`: the stations never reported before; default: accepted, all connectors available. */
  start?: 'unknown';
  /** The gateway is a process that is killed: kill.test.ts plays it, for all forms and versions at once. */
  killed?: true;
  /** FR/EMP is there too, with the same version. */
  second_partner?: true;
  /** Settings of the gateway that differ from its defaults. */
  settings?: Record<string, string>;
  forms: Forms;
  /** By version: a text = it cannot carry the scenario, and why; lines = its own ones in place of `forms`. */
  partners?: Partial<Record<OcpiVersion, string | Forms>>;
}

/** The lines of each form, or the form whose lines are the same. */
export type Forms = Partial<Record<Form, Step[] | Form>>;

const DAY_MS = 86_400_000;

/** Time of a line, milliseconds since 1970. @throws Error when it is none. */
export function timeOf(at: string): number {
  const [, days = '0', clock = ''] = /^(?:\+(\d+) )?(\d\d:\d\d:\d\d)$/.exec(at) ?? [];
  const time = Date.parse(`${DAY}T${clock}Z`) + Number(days) * DAY_MS;
  if (Number.isNaN(time)) throw new Error(`${at} is no time of a vector`);
  return time;
}

/** The lines of one run, or the reason why this version cannot have it. undefined = the vector has no such form. */
export function linesOf(vector: Vector, form: Form, version: OcpiVersion): Step[] | string | undefined {
  const own = vector.partners?.[version];
  if (typeof own === 'string') return own;
  const told = own?.[form] ?? vector.forms[form];
  if (typeof told === 'string') return linesOf(vector, told, version);
  return told?.filter(({ partners }) => partners === undefined || partners.includes(version));
}
