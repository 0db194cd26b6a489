import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type Authority,
  createAuthority,
  type Issued,
} from '../../../packages/ocpp/test/support/authority.js';
import { type AnsweringCharger, answeringCharger, boot } from './support/answering-charger.js';
import { eventually } from './support/eventually.js';
import { freePorts } from './support/free-ports.js';
import { type GatewayProcess, isBuilt, startGatewayProcess } from './support/gateway-process.js';
import { type OperatorApi, operatorApi } from './support/operator-api.js';
import { OPERATOR_TOKEN } from './support/test-gateway.js';
import { statusOf } from './support/upgrade.js';

const OLD = 'the-old-password-0';
const NEW = 'the-new-password-1';

if (!isBuilt) console.warn('skipped: apps/gateway/dist is missing; npm test builds it (npx tsc -b)');
const run = isBuilt ? describe : describe.skip;

/**
 * What is asked of each charger, and what it answers before the gateway is killed. `took`: it took the change and its
 * answer is lost in the kill.
 */
type Answer = 'took' | 'accepted' | 'rejected';
const CHANGES = {
  password: { key: 'AuthorizationKey', value: Buffer.from(NEW).toString('hex') },
  profile2: { key: 'SecurityProfile', value: '2' },
  profile3: { key: 'SecurityProfile', value: '3' },
};
const chargers: { id: string; profile: 1 | 2; change: keyof typeof CHANGES; answer: Answer }[] = [
  { id: 'PW-TOOK', profile: 1, change: 'password', answer: 'took' },
  { id: 'PW-ACCEPTED', profile: 1, change: 'password', answer: 'accepted' },
  { id: 'PW-REJECTED', profile: 1, change: 'password', answer: 'rejected' },
  { id: 'P2-TOOK', profile: 1, change: 'profile2', answer: 'took' },
  { id: 'P2-ACCEPTED', profile: 1, change: 'profile2', answer: 'accepted' },
  { id: 'P2-REJECTED', profile: 1, change: 'profile2', answer: 'rejected' },
  { id: 'P3-TOOK', profile: 2, change: 'profile3', answer: 'took' },
  { id: 'P3-ACCEPTED', profile: 2, change: 'profile3', answer: 'accepted' },
  { id: 'P3-REJECTED', profile: 2, change: 'profile3', answer: 'rejected' },
];

run('T-TLS-4, T-TLS-5: a charger is never locked out, wherever the gateway is killed', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'roambridge-lockout-'));
  const certificates = new Map<string, Issued>();
  let authority: Authority;
  let environment: Record<string, string>;
  let gateway: GatewayProcess;
  let operator: OperatorApi;

  async function start(): Promise<void> {
    gateway = await startGatewayProcess(environment);
    operator = operatorApi(gateway.urls.operator, OPERATOR_TOKEN);
  }

  beforeAll(async () => {
    authority = await createAuthority('Charging CA');
    const server = await authority.issue({ subject: '/CN=localhost', usage: 'serverAuth' });
    for (const { id, change } of chargers) {
      if (change === 'profile3') {
        certificates.set(id, await authority.issue({ subject: `/O=Roambridge/CN=${id}` }));
      }
    }
    environment = {
      ...(await freePorts()),
      DATA_DIR: dataDir,
      OCPP_TLS_PORT: '0',
      OCPP_TLS_CERT: server.certFile,
      OCPP_TLS_KEY: server.keyFile,
      OCPP_TLS_CLIENT_CA: authority.caFile,
      CALL_TIMEOUT: '60s',
    };
    await start();
  });

  afterAll(async () => {
    await gateway?.kill();
    authority?.dispose();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const ways: Record<string, (id: string) => Parameters<typeof statusOf>[0]> = {
    'plain, old': (id) => ({ url: `${gateway.urls.ocpp}${id}`, user: id, password: OLD }),
    'plain, new': (id) => ({ url: `${gateway.urls.ocpp}${id}`, user: id, password: NEW }),
    TLS: (id) => ({ url: `${gateway.urls.ocppTls}${id}`, user: id, password: OLD }),
    certificate: (id) => ({
      url: `${gateway.urls.ocppTls}${id}`,
      cert: certificates.get(id)?.cert ?? '',
      key: certificates.get(id)?.key ?? '',
    }),
  };
  const before = { password: 'plain, old', profile2: 'plain, old', profile3: 'TLS' } as const;
  const after = { password: 'plain, new', profile2: 'TLS', profile3: 'certificate' } as const;
  const tryWay = (way: string, id: string) => statusOf(ways[way]?.(id) ?? { url: '' });

  test('killed while chargers are told: what a charger has and what it had both let it in', async () => {
    const open: AnsweringCharger[] = [];
    await Promise.all(
      chargers.map(async ({ id, profile, change, answer }) => {
        await operator.put(`/stations/${id}`, { security_profile: profile, password: OLD });
        const replies = {
          took: undefined,
          accepted: { status: 'Accepted' },
          rejected: { status: 'Rejected' },
        };
        const way = ways[before[change]]?.(id) ?? { url: '' };
        const charger = await answeringCharger(way, (action) =>
          action === 'ChangeConfiguration' ? replies[answer] : {},
        );
        open.push(charger);
        await boot(charger, 'SN');
        const told = operator.post(`/stations/${id}/ocpp/ChangeConfiguration`, CHANGES[change]);
        if (answer === 'took') {
          told.catch(() => undefined);
          await eventually('the call', () =>
            charger.calls.some((call) => call.action === 'ChangeConfiguration'),
          );
        } else expect(await told).toMatchObject({ outcome: 'result' });
      }),
    );
    await gateway.kill();
    for (const { socket } of open) socket.terminate();
    await start();
    for (const { id, change } of chargers) {
      expect({ id, old: await tryWay(before[change], id) }).toEqual({ id, old: 101 });
    }
  });

  test('what was not refused opens the door, and closes the one before; killed again, it stays so', async () => {
    const outcome = async (id: string, change: keyof typeof CHANGES) => ({
      id,
      new: await tryWay(after[change], id),
      old: await tryWay(before[change], id),
    });
    // A refused password is worth nothing; a password station may use TLS anyhow, and is not bound to it.
    const expected = ({ id, change, answer }: (typeof chargers)[number]) =>
      answer === 'rejected'
        ? { id, new: change === 'profile2' ? 101 : 401, old: 101 }
        : { id, new: 101, old: 401 };
    for (const charger of chargers.filter(({ answer }) => answer !== 'rejected')) {
      expect(await tryWay(after[charger.change], charger.id)).toBe(101);
      await eventually(`proof of ${charger.id}`, async () => {
        const station = await operator.get(`/stations/${charger.id}`);
        return !('password_rotation' in station) && !('next_security_profile' in station);
      });
    }
    for (const charger of chargers) {
      expect(await outcome(charger.id, charger.change)).toEqual(expected(charger));
    }
    await gateway.kill();
    await start();
    for (const charger of chargers) {
      expect(await outcome(charger.id, charger.change)).toEqual(expected(charger));
    }
    const profiles = await Promise.all(
      chargers.map(async ({ id }) => (await operator.get(`/stations/${id}`)).security_profile),
    );
    expect(profiles).toEqual([1, 1, 1, 2, 2, 1, 3, 3, 2]);
  });
});
