import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ManualClock } from '../../../apps/gateway/test/support/manual-clock.js';
import type {
  AuthorizationOutcome,
  AuthorizationPolicy,
  ContractVerdict,
  Registration,
} from '../src/index.js';
import { frame, type RunningCore, startCore } from './support/running-core.js';

const ALLOWED: AuthorizationOutcome = { kind: 'answered', allowed: 'ALLOWED' };
const UNREACHABLE: AuthorizationOutcome = { kind: 'unreachable', detail: 'nobody answers' };

const clock = new ManualClock(Date.UTC(2026, 2, 1, 10));
const SECOND: Registration = {
  version: '2.3.0',
  versionsUrl: 'http://localhost/second',
  outboundToken: 'another-token',
  tokenEncoding: 'base64',
  roles: [{ role: 'EMSP', country_code: 'FR', party_id: 'EMP', name: 'second' }],
  endpoints: [],
};
let world: RunningCore;
/** What the certificates of contracts are worth. */
let verdict: ContractVerdict = 'good';
/** Partners by their party. */
const ids = new Map<string, string>();

beforeAll(async () => {
  world = await startCore(undefined, { clock, station: { checkContract: async () => verdict } });
  const { operator, partner } = world.core;
  const [first] = await operator.partners();
  ids.set('MSP', first!.id);
  const { id } = await operator.createPartner('second');
  ids.set('EMP', id);
  await partner.completeRegistration(id, SECOND);
});

afterAll(() => world.stop());

let made = 0;

/** A token of its own for each case: answers about tokens are remembered. */
async function pushed(party: 'MSP' | 'EMP', more: object = {}): Promise<string> {
  made += 1;
  const uid = `T${made}`;
  await world.core.operator.putToken({
    country_code: party === 'MSP' ? 'NL' : 'FR',
    party_id: party,
    uid,
    type: 'RFID',
    contract_id: `C-${uid}`,
    issuer: 'eMSP',
    valid: true,
    whitelist: 'NEVER',
    last_updated: '2026-03-01T00:00:00Z',
    ...more,
  });
  return uid;
}

const authorize = (idToken: string, type = 'unknown') =>
  world.core.charger.authorize('CS-1', { idToken: { idToken, type } }, frame('Authorize'));

function startWith(idToken: string, evseId: number) {
  made += 1;
  const at = clock.now();
  const event = {
    eventType: 'Started' as const,
    naturalKey: `${evseId}|${idToken}|${made}`,
    at,
    receivedAt: at,
    offline: false,
    evseId,
    connectorId: 1,
    idToken: { idToken, type: 'unknown' },
    meterStartWh: 1_000,
    meterValues: [],
  };
  return world.core.charger.recordTransactionEvent('CS-1', event, frame('StartTransaction'));
}

const setPolicy = (party: 'MSP' | 'EMP', policy: AuthorizationPolicy) =>
  world.core.operator.setAuthorizationPolicy(ids.get(party) ?? '', policy);

beforeEach(async () => {
  await setPolicy('MSP', {});
  await setPolicy('EMP', {});
  world.asked.length = 0;
  world.authorize = () => UNREACHABLE;
});

describe('how the tokens of a partner are decided (D4.2)', () => {
  test('nothing is open by default: what the eMSP cannot be asked about is refused', async () => {
    expect(await authorize(await pushed('EMP'))).toMatchObject({ status: 'Invalid' });
    expect(await authorize('NOBODYS')).toEqual({ status: 'Unknown' });
  });

  test('its valid tokens may be accepted while it is not reached; no other, no invalid, no unknown one', async () => {
    await setPolicy('EMP', { unreachable: 'accept', unknown: 'ask' });
    const accepted = await authorize(await pushed('EMP'));
    // D4-031: nobody keeps such an answer.
    expect(accepted).toEqual({ status: 'Accepted', expiresAt: clock.now() + 1_000 });
    expect(await authorize(await pushed('EMP', { valid: false }))).toMatchObject({ status: 'Invalid' });
    expect(await authorize('NOBODYS2')).toEqual({ status: 'Unknown' });
    expect(await authorize(await pushed('MSP'))).toMatchObject({ status: 'Invalid' });
  });

  test('it is asked about ALLOWED tokens where it wants to be, the others are not', async () => {
    world.authorize = () => ALLOWED;
    await setPolicy('EMP', { allowed: 'realtime' });
    await authorize(await pushed('MSP', { whitelist: 'ALLOWED' }));
    expect(world.asked).toEqual([]);
    const uid = await pushed('EMP', { whitelist: 'ALLOWED' });
    await authorize(uid);
    expect(world.asked.map((question) => question.uid)).toEqual([uid]);
  });

  test('it alone is asked about unknown tokens, and never about a contract that it does not want (D4-006)', async () => {
    const asked: string[] = [];
    world.authorize = (_question, _timeoutMs, partnerId) => {
      asked.push(partnerId);
      return { kind: 'unknown-token' };
    };
    await setPolicy('EMP', { unknown: 'ask' });
    expect(await authorize('NOBODYS3')).toMatchObject({ status: 'Unknown' });
    expect(asked).toEqual([ids.get('EMP')]);
    await setPolicy('EMP', { unknown: 'never' });
    await authorize('FR-EMP-C00000001-2', 'eMAID');
    expect(asked).toHaveLength(1);
  });

  test('a token of a partner that wants it pays for one transaction at a time (D4-032)', async () => {
    await setPolicy('EMP', { concurrentSessions: 'deny' });
    for (const [party, second] of [
      ['EMP', 'ConcurrentTx'],
      ['MSP', 'Accepted'],
    ] as const) {
      const uid = await pushed(party, { whitelist: 'ALWAYS' });
      expect((await startWith(uid, 1)).authorization).toMatchObject({ status: 'Accepted' });
      expect((await startWith(uid, 2)).authorization).toMatchObject({ status: second });
    }
  });

  test('a policy outlives new credentials and a new start', async () => {
    await setPolicy('EMP', { unreachable: 'accept' });
    const id = ids.get('EMP') ?? '';
    await world.core.partner.updateRegistration(id, SECOND);
    expect((await world.core.operator.partner(id))?.authorizationPolicy).toEqual({ unreachable: 'accept' });
    expect((await world.store.partners.list()).find((partner) => partner.id === id)).toMatchObject({
      authorizationPolicy: { unreachable: 'accept' },
    });
  });

  test('a policy is for partners that are there', async () => {
    expect(await world.core.operator.setAuthorizationPolicy('nobody', {})).toBe(false);
  });
});

describe('how often an eMSP is asked (D4-021)', () => {
  const pass = (ms: number) => clock.moveTo(clock.now() + ms, () => world.core.idle());

  test('a refusal counts for ten seconds, then the driver who tries again is asked about again', async () => {
    world.authorize = () => ({ kind: 'answered', allowed: 'BLOCKED' });
    const uid = await pushed('EMP');
    for (const [waitMs, asked] of [
      [0, 1],
      [9_000, 1],
      [2_000, 2],
    ] as const) {
      await pass(waitMs);
      expect(await authorize(uid)).toMatchObject({ status: 'Blocked' });
      expect(world.asked).toHaveLength(asked);
    }
  });

  test('a yes counts for RTA_REUSE', async () => {
    world.authorize = () => ALLOWED;
    const uid = await pushed('EMP');
    await authorize(uid);
    await pass(299_000);
    await authorize(uid);
    expect(world.asked).toHaveLength(1);
    await pass(2_000);
    await authorize(uid);
    expect(world.asked).toHaveLength(2);
  });

  test('nobody is asked about a token that is longer than OCPI can name (D4-002)', async () => {
    await setPolicy('EMP', { unknown: 'ask' });
    expect(await authorize('X'.repeat(37))).toEqual({ status: 'Unknown' });
    expect(world.asked).toEqual([]);
  });
});

describe('contracts (D4-006)', () => {
  const contract = { type: 'EMAID', contract_id: 'FR-EMP-C00000012-3', whitelist: 'ALWAYS' };

  test('a contract is found by uid, then by contract id, in any spelling; a card of the contract is not', async () => {
    await pushed('EMP', { ...contract, type: 'RFID' });
    expect(await authorize('FR-EMP-C00000012-3', 'eMAID')).toMatchObject({ status: 'Unknown' });
    await pushed('EMP', contract);
    for (const spelling of ['FR-EMP-C00000012-3', 'fr emp c00000012', 'FREMPC000000123']) {
      expect(await authorize(spelling, 'eMAID')).toMatchObject({ status: 'Accepted' });
    }
    expect(await authorize('FR-EMP-C00000099-3', 'eMAID')).toMatchObject({ status: 'Unknown' });
    const { authorization } = await startWith('FREMPC000000123', 1);
    // A reader of cards sees no contract.
    expect(authorization?.status).toBe('Unknown');
  });

  test('a contract that its eMSP takes back is refused from then on', async () => {
    const contract_id = 'FR-EMP-C00000013-4';
    const uid = await pushed('EMP', { ...contract, contract_id });
    expect(await authorize(contract_id, 'eMAID')).toMatchObject({ status: 'Accepted' });
    const token = await world.core.operator.token({ country_code: 'FR', party_id: 'EMP', uid });
    const last_updated = '2026-03-02T00:00:00Z';
    await world.core.operator.putToken({ ...token!, valid: false, last_updated });
    expect(await authorize(contract_id, 'eMAID')).toMatchObject({ status: 'Blocked' });
  });
});

describe('a contract with its certificates (C-034, G45)', () => {
  const contract_id = 'FR-EMP-C00000014-5';
  const shown = (idToken: string) =>
    world.core.charger.authorize(
      'CS-1',
      { idToken: { idToken, type: 'eMAID' }, contract: { hashes: [], certificate: 'PEM' } },
      frame('Authorize'),
    );

  test.each([
    ['good', { status: 'Accepted', certificateStatus: 'Accepted' }],
    ['revoked', { status: 'Invalid', certificateStatus: 'CertificateRevoked' }],
    ['expired', { status: 'Expired', certificateStatus: 'CertificateExpired' }],
    // A chain that the station hands over unchecked: there are no roots to check it against.
    ['unverifiable', { status: 'Invalid', certificateStatus: 'CertChainError' }],
  ] as const)('%s', async (worth, answer) => {
    await pushed('EMP', { type: 'EMAID', contract_id, whitelist: 'ALWAYS' });
    verdict = worth;
    expect(await shown(contract_id)).toMatchObject(answer);
    expect(world.asked).toEqual([]);
  });

  test('a contract whose eMSP says no is cancelled; it is asked only where the certificates are good', async () => {
    world.authorize = () => ({ kind: 'answered', allowed: 'BLOCKED' });
    await pushed('EMP', { type: 'EMAID', contract_id: 'FR-EMP-C00000015-6' });
    verdict = 'revoked';
    await shown('FR-EMP-C00000015-6');
    expect(world.asked).toEqual([]);
    verdict = 'good';
    const cancelled = { status: 'Blocked', certificateStatus: 'ContractCancelled' };
    expect(await shown('FR-EMP-C00000015-6')).toMatchObject(cancelled);
    expect(world.asked).toHaveLength(1);
  });
});
