import { readFileSync } from 'node:fs';
import { asPayload, type Payload } from './protocol.js';

/** One thing that a charger does; the members are the fields of the JSON script. */
export type Step =
  | { do: 'boot' }
  | { do: 'status'; connector: number; status: string; errorCode?: string }
  | { do: 'wait'; seconds: number }
  | {
      do: 'session';
      connector: number;
      idTag: string;
      seconds: number;
      powerW: number;
      sampleEvery?: number;
      idleSeconds?: number;
    }
  | { do: 'authorize'; idTag: string }
  | { do: 'start'; connector: number; idTag: string; powerW?: number }
  | { do: 'sample'; connector: number; wh?: number }
  | { do: 'stop'; connector: number; reason?: string }
  | { do: 'call'; action: string; payload: Payload }
  | { do: 'disconnect' }
  | { do: 'reconnect' }
  | { do: 'repeat'; times: number; steps: Step[] };

/** What a simulated charger does, in order. */
export type Script = readonly Step[];

type FieldType = 'string' | 'number' | 'string?' | 'number?' | 'object' | 'steps';

const FIELDS = {
  boot: {},
  status: { connector: 'number', status: 'string', errorCode: 'string?' },
  wait: { seconds: 'number' },
  session: {
    connector: 'number',
    idTag: 'string',
    seconds: 'number',
    powerW: 'number',
    sampleEvery: 'number?',
    idleSeconds: 'number?',
  },
  authorize: { idTag: 'string' },
  start: { connector: 'number', idTag: 'string', powerW: 'number?' },
  sample: { connector: 'number', wh: 'number?' },
  stop: { connector: 'number', reason: 'string?' },
  call: { action: 'string', payload: 'object' },
  disconnect: {},
  reconnect: {},
  repeat: { times: 'number', steps: 'steps' },
} satisfies Record<Step['do'], Record<string, FieldType>>;

/**
 * Checks a script that was read from JSON.
 * @throws Error naming the step and the field at fault.
 */
export function parseScript(value: unknown, at = 'script'): Script {
  if (!Array.isArray(value)) throw new Error(`${at} must be a list of steps`);
  return value.map((item, index) => parseStep(asPayload(item), `${at}[${index}]`));
}

function parseStep(step: Payload | undefined, at: string): Step {
  const kind = step?.do;
  if (!step || typeof kind !== 'string' || !isKind(kind))
    throw new Error(`${at}.do must be one of ${Object.keys(FIELDS).join(', ')}`);
  const fields: Record<string, FieldType> = FIELDS[kind];
  for (const name of Object.keys(step)) {
    if (name !== 'do' && !(name in fields)) throw new Error(`${at}.${name} is not a field of "${kind}"`);
  }
  for (const [name, type] of Object.entries(fields)) checkField(step[name], type, `${at}.${name}`);
  // Every field of the kind has just been checked.
  return step as Step;
}

function checkField(value: unknown, type: FieldType, at: string): void {
  if (type === 'steps') {
    parseScript(value, at);
    return;
  }
  if (value === undefined && type.endsWith('?')) return;
  const expected = type.replace('?', '');
  const found = asPayload(value) ? 'object' : typeof value;
  if (found !== expected) throw new Error(`${at} must be of type ${expected}, found ${found}`);
}

function isKind(kind: string): kind is Step['do'] {
  return Object.hasOwn(FIELDS, kind);
}

/**
 * Reads a script from a JSON file; a bare name means one of `simulators/charger/scripts`.
 * @throws Error when the file is missing or a field is wrong.
 */
export function loadScript(nameOrPath: string | URL): Script {
  const file =
    typeof nameOrPath === 'string' && /^[\w-]+$/.test(nameOrPath)
      ? new URL(`../scripts/${nameOrPath}.json`, import.meta.url)
      : nameOrPath;
  return parseScript(JSON.parse(readFileSync(file, 'utf8')), String(nameOrPath));
}
