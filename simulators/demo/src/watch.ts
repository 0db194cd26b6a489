import { type JsonObject, numberOf, type ObjectKind, textOf } from '@roambridge/sim-emsp';
import { STATIONS } from './fleet.js';
import { evseOf, priceText, totalOf } from './money.js';
import { type Narrative, short } from './narrative.js';
import type { DemoPartner } from './partners.js';

/** A running session is reported at most this often. */
const PROGRESS_EVERY_MS = 4_000;

interface SeenSession {
  evseUid: string | undefined;
  status: string | undefined;
  told: number;
}

type Awaited = 'session' | 'cdr';

/** What the eMSPs receive: told as a story, and awaited by the pairs. */
export interface Watch {
  stored(partner: DemoPartner, kind: ObjectKind, object: JsonObject): void;
  /**
   * The next session that becomes ACTIVE, or the next CDR, of an EVSE at a partner; undefined when it does not come
   * in time.
   */
  next(
    what: Awaited,
    partner: DemoPartner,
    evseUid: string,
    timeoutMs: number,
  ): Promise<JsonObject | undefined>;
}

export function createWatch(narrative: Narrative): Watch {
  const sessions = new Map<string, SeenSession>();
  const waiting = new Map<string, Set<(object: JsonObject) => void>>();

  const key = (what: Awaited, partner: DemoPartner, evseUid: string | undefined) =>
    `${what} ${partner.label} ${evseUid}`;
  function release(what: Awaited, partner: DemoPartner, object: JsonObject): void {
    const name = key(what, partner, evseOf(object));
    for (const resolve of waiting.get(name) ?? []) resolve(object);
    waiting.delete(name);
  }

  function sessionStored(partner: DemoPartner, session: JsonObject): void {
    const id = textOf(session, 'id') ?? '';
    const status = textOf(session, 'status');
    const evseUid = evseOf(session);
    const before = sessions.get(id);
    const kwh = numberOf(session, 'kwh') ?? 0;
    const soFar = `${kwh.toFixed(3)} kWh, ${priceText(totalOf(session, partner.emsp.version))}`;
    const who = stationOf(evseUid);
    const changed = before?.status !== status;
    if (changed && status === 'ACTIVE') {
      narrative.say(who, `session ${short(id)} started for ${partner.label}`);
      release('session', partner, session);
    } else if (changed) {
      narrative.say(who, `session ${short(id)} ${status} at ${partner.label}: ${soFar}`);
    } else if (kwh > 0 && before && Date.now() - before.told >= PROGRESS_EVERY_MS) {
      narrative.say(who, `session ${short(id)} at ${partner.label}: ${soFar} so far`);
      before.told = Date.now();
    }
    if (status === 'COMPLETED' || status === 'INVALID') sessions.delete(id);
    else sessions.set(id, { evseUid, status, told: before?.told ?? Date.now() });
  }

  return {
    stored(partner, kind, object) {
      if (kind === 'sessions') sessionStored(partner, object);
      if (kind !== 'cdrs') return;
      const price = priceText(totalOf(object, partner.emsp.version));
      const energy = (numberOf(object, 'total_energy') ?? 0).toFixed(3);
      narrative.say(
        stationOf(evseOf(object)),
        `CDR ${short(textOf(object, 'id') ?? '')} delivered to ${partner.label}: ${energy} kWh, ${price}`,
      );
      release('cdr', partner, object);
    },

    next(what, partner, evseUid, timeoutMs) {
      const name = key(what, partner, evseUid);
      return new Promise((resolve) => {
        const callers = waiting.get(name) ?? new Set();
        waiting.set(name, callers);
        const timer = setTimeout(() => {
          callers.delete(arrived);
          resolve(undefined);
        }, timeoutMs);
        timer.unref();
        const arrived = (object: JsonObject) => {
          clearTimeout(timer);
          resolve(object);
        };
        callers.add(arrived);
      });
    },
  };
}

function stationOf(evseUid: string | undefined): string {
  return STATIONS.find((station) => station.evseUid === evseUid)?.id ?? evseUid ?? '?';
}
