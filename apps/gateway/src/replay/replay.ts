import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCore, createSecrets, DEFAULT_SETTINGS, type Log, type PartnerLink } from '@roambridge/core';
import { billsReservations, hasOneParty, namesOneTariff, planRequest, takesCredits } from '@roambridge/ocpi';
import { createReplayStation } from '@roambridge/ocpp';
import { openFileVault, openStore } from '@roambridge/storage';
import { enterMasterData, hostedParties, PARTNER_URL, partnerOf } from './master-data.js';
import { createRecordedCharger } from './recorded-charger.js';
import { type ReplayInput, readFrames } from './recording.js';
import { createReplayClock } from './replay-clock.js';

/** One request that the partner would have got. */
export interface ReplayedCall {
  at: string;
  method: string;
  path: string;
  body?: unknown;
}

/** Time before the first frame in which the master data is entered and told. */
const PREPARATION_MS = 600_000;
/** Time after the last frame in which what is still to be told is told, e.g. the CDR after it has settled. */
const AFTERMATH_MS = 600_000;
/** Work that waits for a timer of the clock does not end before the clock goes on. */
const STUCK_MS = 2_000;

const CURRENCY = 'EUR';

/**
 * Sends the recorded frames of a station through the whole translation, on an empty embedded database and with a clock
 * that has the times of the record; tells what a partner of `version` would have been sent. Changes nothing else.
 */
export async function replay(input: ReplayInput, log: Log): Promise<ReplayedCall[]> {
  const frames = readFrames(input.frames);
  const [first] = frames;
  const last = frames.at(-1);
  if (!first || !last) return [];
  const clock = createReplayClock(first.at - PREPARATION_MS);
  const directory = await mkdtemp(join(tmpdir(), 'roambridge-replay-'));
  const secretsKey = randomBytes(32);
  const token = randomBytes(32).toString('base64url');
  const store = await openStore({ dataDir: directory, secretsKey, log, now: () => clock.now() });
  try {
    const told: ReplayedCall[] = [];
    const partner = partnerOf(input, clock.now());
    await store.partners.put(partner);
    const core = createCore({
      store,
      clock,
      log,
      settings: { ...DEFAULT_SETTINGS, currency: CURRENCY, readConfiguration: false },
      hostedParties: hostedParties(input),
      secretsKey,
      administratorHash: createSecrets(secretsKey).hash(token),
      versionsUrl: () => `${PARTNER_URL}/versions`,
      vault: await openFileVault(join(directory, 'files')),
      filesUrl: () => PARTNER_URL,
    });
    const charger = createRecordedCharger(frames);
    const station = createReplayStation({
      edge: core.charger,
      clock,
      log,
      station: { id: input.station, securityProfile: 0 },
      protocol: input.protocol,
      sent: (raw) => {
        const answer = charger.answerTo(raw);
        if (answer !== undefined) setImmediate(() => station.receive(answer));
      },
    });
    await core.start({ station: station.link, partner: recordingLink(told, () => clock.now()) });
    await enterMasterData(core, input, token, log);
    const settle = () => Promise.race([core.idle(), pause(STUCK_MS)]);
    await clock.moveTo(first.at, settle);

    told.length = 0;
    station.open();
    const dealtWith = async () => {
      await station.settled();
      await settle();
    };
    await dealtWith();
    for (const frame of frames) {
      await clock.moveTo(frame.at, dealtWith);
      if (frame.from === 'gateway' || frame.kind === 'answer') continue;
      station.receive(frame.kind === 'call' ? charger.adapted(frame) : frame.raw);
      await dealtWith();
    }
    await clock.moveTo(last.at + AFTERMATH_MS, dealtWith);
    await core.stop();
    return told;
  } finally {
    await store.close();
    await rm(directory, { recursive: true, force: true });
  }
}

function recordingLink(told: ReplayedCall[], now: () => number): PartnerLink {
  return {
    takesCredits,
    billsReservations,
    hasOneParty,
    namesOneTariff,
    offer: () => '',
    refusal: async () => 'a replay calls nobody',
    discover: async () => ({ kind: 'unusable', detail: 'a replay asks nobody' }),
    sendCredentials: async () => ({ kind: 'unknown', detail: 'a replay asks nobody' }),
    endCredentials: async () => undefined,
    compare: async () => ({ kind: 'unverifiable' }),
    hubClients: async () => ({ kind: 'not-applicable', detail: 'no hub' }),
    probe: async ({ id }) => ({ partnerId: id, at: 0, requests: 0, findings: [] }),
    loss: () => ({ notTold: false, lost: [] }),
    // What a partner would have said is in no frame.
    tokenPage: async () => ({ kind: 'not-applicable', detail: 'a replay asks nobody' }),
    authorize: async () => ({ kind: 'not-applicable', detail: 'a replay asks nobody' }),
    async tell(partner, notice) {
      const planned = planRequest(partner, notice);
      if ('notApplicable' in planned) return { kind: 'not-applicable', detail: planned.notApplicable };
      const { method, url, body } = planned;
      const path = url.startsWith(PARTNER_URL) ? url.slice(PARTNER_URL.length) : url;
      told.push({ at: new Date(now()).toISOString(), method, path, ...(body === undefined ? {} : { body }) });
      return { kind: 'acknowledged' };
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
