import { setTimeout as delay } from 'node:timers/promises';
import type { Charger } from '@roambridge/sim-charger';
import { type JsonObject, type OcpiVersion, textOf } from '@roambridge/sim-emsp';
import { type DemoStation, LOCATION_ID, STATIONS } from './fleet.js';
import { type Narrative, short } from './narrative.js';
import type { DemoPartner } from './partners.js';
import { untilAborted } from './until-aborted.js';
import type { Watch } from './watch.js';

const SESSION_SECONDS = 9;
export const SAMPLE_EVERY_SECONDS = 2;
/** From the end of a session to its CDR at the eMSP, with room for a slow machine. */
const CDR_TIMEOUT_MS = 45_000;
const SESSION_TIMEOUT_MS = 20_000;

type How = 'RFID' | 'START_SESSION';

/** A charger that meets an eMSP, and who starts the session. */
export interface Pair {
  stationId: string;
  version: OcpiVersion;
  how: How;
}

/** Every OCPP version with every OCPI version. */
export const PAIRS: readonly Pair[] = [
  { stationId: 'CS-1601', version: '2.1.1', how: 'RFID' },
  { stationId: 'CS-1602', version: '2.2.1', how: 'START_SESSION' },
  { stationId: 'CS-1603', version: '2.3.0', how: 'RFID' },
  { stationId: 'CS-2011', version: '2.1.1', how: 'START_SESSION' },
  { stationId: 'CS-2012', version: '2.2.1', how: 'RFID' },
  { stationId: 'CS-2013', version: '2.3.0', how: 'START_SESSION' },
];

export interface Scene {
  narrative: Narrative;
  watch: Watch;
  chargers: ReadonlyMap<string, Charger>;
  partners: readonly DemoPartner[];
}

/** A pair with everybody who takes part. */
export interface Cast {
  station: DemoStation;
  charger: Charger;
  partner: DemoPartner;
  how: How;
}

export interface PairResult extends Cast {
  /** Undefined when none came in time. */
  cdr: JsonObject | undefined;
}

/** @throws Error when the pair names a station or eMSP that does not exist. */
export function cast(scene: Scene, { stationId, version, how }: Pair): Cast {
  const station = STATIONS.find((candidate) => candidate.id === stationId);
  const charger = scene.chargers.get(stationId);
  const partner = scene.partners.find((candidate) => candidate.emsp.version === version);
  if (!station || !charger || !partner) throw new Error(`no cast for ${stationId} and OCPI ${version}`);
  return { station, charger, partner, how };
}

/** One session of a pair up to its CDR. */
export async function runPair(scene: Scene, pair: Pair, signal: AbortSignal): Promise<PairResult> {
  const roles = cast(scene, pair);
  const { station, partner } = roles;
  const cdr = scene.watch.next(
    'cdr',
    partner,
    station.evseUid,
    SESSION_SECONDS * 1_000 + SESSION_TIMEOUT_MS + CDR_TIMEOUT_MS,
  );
  const session = { RFID: byCard, START_SESSION: byCommand }[roles.how];
  if (!(await session(scene, roles, signal))) return { ...roles, cdr: undefined };
  return { ...roles, cdr: await untilAborted(cdr, signal) };
}

/** A driver holds a card of the eMSP to the charger. */
async function byCard({ narrative }: Scene, { station, charger, partner }: Cast): Promise<boolean> {
  const { uid } = partner.card;
  const charging = charger.session({
    outlet: 1,
    idTag: uid,
    seconds: SESSION_SECONDS,
    powerW: station.powerW,
    sampleEverySeconds: SAMPLE_EVERY_SECONDS,
  });
  narrative.say(station.id, `car plugged in, card ${short(uid)} of ${partner.label} presented`);
  const accepted = await charging;
  if (!accepted) narrative.say(station.id, `card ${short(uid)} refused`);
  return accepted;
}

/** A driver starts and stops in the app of the eMSP. */
async function byCommand(
  { narrative, watch }: Scene,
  { station, partner }: Cast,
  signal: AbortSignal,
): Promise<boolean> {
  const { emsp, app, card, label } = partner;
  const started = watch.next('session', partner, station.evseUid, SESSION_TIMEOUT_MS);
  // 2.1.1 has no token type for apps.
  const token = emsp.version === '2.1.1' ? card : app;
  narrative.say(station.id, `${label} sends START_SESSION`);
  const command = await emsp.startSession({ location_id: LOCATION_ID, evse_uid: station.evseUid, token });
  const result = await untilAborted(command.result, signal);
  const outcome = textOf(result ?? command.response, 'result') ?? `HTTP ${command.httpStatus}`;
  narrative.say(station.id, `${label} is told: START_SESSION ${outcome}`);
  if (outcome !== 'ACCEPTED') return false;
  const session = await untilAborted(started, signal);
  if (!session) return false;
  await delay(SESSION_SECONDS * 1_000, undefined, { signal }).catch(() => undefined);
  if (signal.aborted) return false;
  const stop = await emsp.stopSession(textOf(session, 'id') ?? '');
  const stopped = await untilAborted(stop.result, signal);
  narrative.say(station.id, `${label} is told: STOP_SESSION ${textOf(stopped ?? stop.response, 'result')}`);
  return true;
}
