import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { databases, type TestDatabase } from '../../storage/test/support/databases.js';
import { createBackground } from '../src/background.js';
import { createFeed } from '../src/feed.js';
import { type CredentialsOutcome, createSecrets, type Log, type Partner, type Store } from '../src/index.js';
import { createPartnerDirectory } from '../src/partners/directory.js';
import { createRegistrar, type RegistrarPorts } from '../src/partners/registrar.js';

const log: Log = { debug() {}, info() {}, warn() {}, error() {} };
const OUR_PARTIES = [{ country_code: 'DE', party_id: 'RBG' }];

let database: TestDatabase;
let store: Store;
beforeAll(async () => {
  database = await databases[0]!.create();
  store = await database.open();
});
afterAll(() => database.dispose());

/** The platform at the other end: it changes its state when it takes credentials, whatever becomes of its answer. */
function platform() {
  const self = { registrationToken: 'TOKEN-A' as string | undefined, tokenForUs: '', ourToken: '', taken: 0 };
  return {
    self,
    take(presented: string | undefined, offered: string, method: 'POST' | 'PUT'): CredentialsOutcome {
      const isKnown =
        presented === self.registrationToken || (self.tokenForUs !== '' && presented === self.tokenForUs);
      if (!isKnown) return { kind: 'refused', why: 'unauthorized', detail: 'HTTP 401' };
      if (method === 'POST' && self.taken > 0)
        return { kind: 'refused', why: 'registered', detail: 'HTTP 405' };
      self.taken += 1;
      self.ourToken = offered;
      self.tokenForUs = `TOKEN-C${self.taken}`;
      return {
        kind: 'accepted',
        credentials: {
          outboundToken: self.tokenForUs,
          versionsUrl: 'https://emsp.example/versions',
          roles: [],
        },
      };
    },
  };
}

type Peer = ReturnType<typeof platform>;

/** A process that dies at its step number `fuse`; a dead one does nothing any more. */
function process(peer: Peer, fuse = Number.POSITIVE_INFINITY) {
  let left = fuse;
  let now = 0;
  const timers: { at: number; task: () => void }[] = [];
  const step = () => {
    left -= 1;
    if (left <= 0) throw new Error('the process died');
  };
  const clock = {
    now: () => now,
    after(delayMs: number, task: () => void) {
      const timer = { at: now + delayMs, task };
      timers.push(timer);
      return () => undefined;
    },
  };
  const dying: Store = {
    ...store,
    partners: {
      ...store.partners,
      async put(partner) {
        step();
        await store.partners.put(partner);
        step();
      },
    },
  };
  const background = createBackground(clock, log);
  const partners = createPartnerDirectory({
    store: dying,
    clock,
    secrets: createSecrets(Buffer.alloc(32, 5)),
    hostedParties: OUR_PARTIES,
    hasOneParty: () => false,
    namesOneTariff: () => false,
  });
  const link = {
    refusal: async () => undefined,
    discover: async () => ({
      kind: 'found',
      version: 'any',
      endpoints: [{ identifier: 'credentials', role: 'SENDER', url: 'https://emsp.example/credentials' }],
      tokenEncoding: 'base64',
    }),
    async sendCredentials(partner: Partner, method: 'POST' | 'PUT', token: string) {
      step();
      const outcome = peer.take(partner.outboundToken, token, method);
      step();
      return outcome;
    },
  };
  const welcomed: string[] = [];
  const registrar = createRegistrar({
    store: dying,
    clock,
    log,
    feed: createFeed(clock),
    background,
    partners,
    lanes: { wakePartner: () => undefined } as unknown as RegistrarPorts['lanes'],
    partnerLink: () => link as unknown as ReturnType<RegistrarPorts['partnerLink']>,
    settings: { tokenGraceMs: 60_000 },
    platform: () => 'all',
    welcome: ({ id }) => welcomed.push(id),
  });
  return {
    registrar,
    partners,
    welcomed,
    /** Lets all timers come due, with what follows from them. */
    async settle() {
      for (let timer = timers.shift(); timer; timer = timers.shift()) {
        now = Math.max(now, timer.at);
        timer.task();
        await background.idle();
      }
    },
  };
}

async function clear(): Promise<void> {
  for (const { id } of await store.partners.list()) await store.partners.remove(id);
}

/** The next process on what the dead one left. */
async function successor(peer: Peer) {
  const next = process(peer);
  await next.partners.load();
  next.registrar.resume();
  await next.settle();
  const [partner] = next.partners.all();
  return { ...next, partner };
}

const INVITED = { name: 'MSP', versionsUrl: 'https://emsp.example/versions', token: 'TOKEN-A' };
const STEPS = Array.from({ length: 9 }, (_, index) => index + 1);

describe('registering with a partner', () => {
  test.each(STEPS)(
    'a process that dies at step %i leaves nothing that does not heal (CR-11, F21)',
    async (fuse) => {
      await clear();
      const peer = platform();
      await process(peer, fuse)
        .registrar.register(INVITED)
        .catch(() => undefined);
      const { partner, partners } = await successor(peer);
      if (partner === undefined) {
        expect(peer.self.taken).toBe(0);
        return;
      }
      expect(peer.self.taken).toBeGreaterThan(0);
      // It can call us in any case; and we it, or a person knows that it cannot be.
      expect(partners.findByToken(peer.self.ourToken)?.id).toBe(partner.id);
      expect(partner).toMatchObject({ status: 'registered', outboundToken: peer.self.tokenForUs });
    },
  );

  test('a partner that forgets its registration token at once has to go on, and can', async () => {
    await clear();
    const peer = platform();
    const first = process(peer, 6);
    await first.registrar.register(INVITED).catch(() => undefined);
    expect(peer.self.taken).toBe(1);
    peer.self.registrationToken = undefined;
    const { partner, partners } = await successor(peer);
    expect(partner).toMatchObject({ status: 'registering', stalled: 'HTTP 401' });
    expect(partners.findByToken(peer.self.ourToken)?.id).toBe(partner?.id);
    const { items } = await store.attention.page({ limit: 9 });
    expect(items.find(({ partnerId }) => partnerId === partner?.id)?.kind).toBe('credentials-stalled');
  });

  test('a partner that refuses leaves no trace, and says why', async () => {
    await clear();
    const { registrar, partners } = process(platform());
    await expect(registrar.register({ ...INVITED, token: 'WRONG' })).rejects.toMatchObject({
      status: 422,
      pointer: '/token',
    });
    expect(partners.all()).toEqual([]);
    expect(await store.partners.list()).toEqual([]);
  });
});

describe('replacing the tokens of a partner', () => {
  test.each(STEPS)('a process that dies at step %i locks nobody out (CR-20, CR-21, F21)', async (fuse) => {
    await clear();
    const peer = platform();
    const before = process(peer);
    const registered = await before.registrar.register(INVITED);
    peer.self.registrationToken = undefined;
    const rotating = process(peer, fuse);
    await rotating.partners.load();
    await rotating.registrar.rotate(registered.id).catch(() => undefined);
    const { partner, partners } = await successor(peer);
    expect(partners.findByToken(peer.self.ourToken)?.id).toBe(registered.id);
    const canCall = partner?.outboundToken === peer.self.tokenForUs;
    expect([canCall, partner?.stalled]).toEqual(canCall ? [true, undefined] : [false, 'HTTP 401']);
  });

  test('old and new token work side by side for TOKEN_GRACE, then only the new one (TR-012, CR-21)', async () => {
    await clear();
    const peer = platform();
    const { registrar, partners } = process(peer);
    const { id, inboundToken: old } = await registrar.register(INVITED);
    const rotated = await registrar.rotate(id);
    expect(rotated?.inboundToken).not.toBe(old);
    for (const token of [old, rotated!.inboundToken]) expect(partners.findByToken(token)?.id).toBe(id);
    const later = await successor(peer);
    const isValid = (token: string) => later.partners.findByToken(token) !== undefined;
    expect(isValid(old)).toBe(true);
    await later.partners.put({ ...rotated!, previousInboundUntil: -1 });
    expect([isValid(old), isValid(rotated!.inboundToken)]).toEqual([false, true]);
  });
});
