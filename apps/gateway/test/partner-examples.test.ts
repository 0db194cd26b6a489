import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Emsp, OCPI_VERSIONS, type OcpiVersion, startEmsp } from '@roambridge/sim-emsp';
import { eventually } from './support/eventually.js';
import {
  bodyOf,
  type Example,
  exampleFaults,
  examplesOf,
  hasExamples,
  NOT_VALID,
} from './support/ocpi-examples.js';
import type { Members } from './support/table-objects.js';
import { startTestGateway, type TestGateway } from './support/test-gateway.js';
import { withUnknownMembers } from './support/unknown-members.js';

let world: TestGateway;
const open: Emsp[] = [];

/** As it is, and with members that no version knows (TY-17). */
const bothWays = (body: unknown) => [body as Members, withUnknownMembers(body as Members)];

(hasExamples ? describe : describe.skip)(
  'examples of the OCPI documents (skipped without OCPI_EXAMPLES)',
  () => {
    beforeAll(async () => {
      world = await startTestGateway({ PARTIES: 'NL*CPO' });
    });
    afterAll(async () => {
      await Promise.all(open.map((emsp) => emsp.close()));
      await world?.stop();
    });

    async function emspOf(version: OcpiVersion, country_code = 'NL'): Promise<Emsp> {
      const emsp = await startEmsp({
        version,
        country_code,
        party_id: 'TNM',
        name: `${country_code} ${version}`,
      });
      open.push(emsp);
      return emsp;
    }

    async function registered(version: OcpiVersion, country_code?: string): Promise<Emsp> {
      const emsp = await emspOf(version, country_code);
      const invitation = await world.operator.post('/partners', { name: emsp.name });
      await emsp.register(String(invitation.versions_url), String(invitation.registration_token));
      return emsp;
    }

    /** The gateway registers with the platform; fails where it cannot read what that says. */
    async function invited(emsp: Emsp) {
      const { versionsUrl, token } = emsp.offerRegistration();
      return world.operator.post('/partners', { name: emsp.name, versions_url: versionsUrl, token });
    }

    function answer(emsp: Emsp, path: RegExp, data: unknown) {
      const body = { data, status_code: 1000, timestamp: '2026-01-01T00:00:00Z' };
      emsp.respondWith({ method: 'GET', path }, () => ({ body }));
    }

    describe.each(OCPI_VERSIONS)('OCPI %s', (version) => {
      const examples = examplesOf(version);
      const valid = (type: string) =>
        examples.filter(({ object_type, file }) => object_type === type && !(file in NOT_VALID));
      /** Of `X[]` and of `Response<X[]>` alike. */
      const data = (type: string) => [
        ...valid(type).map(bodyOf),
        ...valid(`Response<${type}>`).map((example) => (bodyOf(example) as { data: unknown }).data),
      ];

      test('have the form of their version, but for those that are known not to', () => {
        const faulty = examples
          .filter((example) => exampleFaults(example).length > 0)
          .map(({ file }) => file);
        expect(faulty.sort()).toEqual(
          Object.keys(NOT_VALID)
            .filter((file) => file.startsWith(version))
            .sort(),
        );
        expect(examples.length).toBeGreaterThan(30);
      });

      test('tokens are taken, kept and changed (TO-01, TO-04)', async () => {
        const whole = (example: Example) => !example.partial;
        const tokens = data('Token').length;
        for (const example of valid('Token').filter(whole)) {
          const [first, extended] = bothWays(bodyOf(example));
          const country = String(first!.country_code ?? 'NL');
          // Two examples are about the same token.
          const emsp = await registered(version, country);
          // TO-05: what is older than what is known is not taken over.
          const newer = { last_updated: '2030-01-01T00:00:00Z' };
          for (const [token, expected] of [
            [first, bodyOf(example)],
            [
              { ...extended, ...newer },
              { ...first, ...newer },
            ],
          ] as [Members, Members][]) {
            const type = version === '2.1.1' ? '' : `?type=${token.type}`;
            const path = `/${country}/TNM/${token.uid}${type}`;
            const put = await emsp.send('PUT', 'tokens', 'RECEIVER', path, token as never);
            expect([example.file, put.statusCode]).toEqual([example.file, 1000]);
            const kept = await emsp.send('GET', 'tokens', 'RECEIVER', path);
            expect(kept.data).toEqual(expected);
            for (const change of valid('Token')
              .filter(({ partial }) => partial)
              .flatMap((each) => bothWays(bodyOf(each)))) {
              const patched = await emsp.send('PATCH', 'tokens', 'RECEIVER', path, change as never);
              expect([patched.httpStatus, patched.statusCode]).toEqual([200, 1000]);
            }
          }
        }
        expect(tokens).toBeGreaterThan(2);
      });

      test('lists of tokens are read (TO-06)', async () => {
        for (const list of data('Token[]') as Members[][]) {
          const emsp = await emspOf(version, String(list[0]?.country_code ?? 'NL'));
          answer(emsp, /\/tokens$/, list.map(withUnknownMembers));
          await invited(emsp);
          await eventually('tokens', async () => {
            const known = (await world.operator.list('/tokens')).map(({ uid }) => uid);
            return list.every(({ uid }) => known.includes(uid));
          });
        }
      });

      test('credentials are taken (CR-15)', async () => {
        for (const credentials of valid('Credentials').map(bodyOf).flatMap(bothWays)) {
          const emsp = await registered(version);
          // Only what leads back to the partner is its own.
          const { versionsUrl: url, token } = emsp.offerRegistration();
          const sent = { ...credentials, url, token };
          const { statusCode } = await emsp.send('PUT', 'credentials', 'SENDER', '', sent as never);
          expect(statusCode).toBe(1000);
        }
      });

      test('lists of versions and their details are read (VE-01, VE-07)', async () => {
        for (const list of data('Version[]') as Members[][]) {
          const emsp = await emspOf(version);
          const own = { version, url: emsp.url.replace(/versions$/, version) };
          const others = list.filter((each) => each.version !== version);
          answer(emsp, /versions$/, [...others.map(withUnknownMembers), own]);
          expect(await invited(emsp)).toMatchObject({ status: 'registered', version });
        }
        for (const details of data('VersionDetails') as { endpoints: Members[] }[]) {
          const emsp = await emspOf(version);
          const home = emsp.url.replace(/versions$/, version);
          const endpoints = details.endpoints.map((each) =>
            withUnknownMembers({ ...each, url: `${home}/${each.identifier}` }),
          );
          answer(emsp, new RegExp(`${version}$`), { ...withUnknownMembers(details as never), endpoints });
          expect(await invited(emsp)).toMatchObject({ status: 'registered', version });
        }
      });

      test('an answer without data is an answer (TR-042)', async () => {
        const [example] = valid('Response<none>');
        const emsp = await emspOf(version);
        emsp.respondWith({ method: 'GET', path: /\/tokens$/ }, () => ({ body: bodyOf(example!) }));
        expect(await invited(emsp)).toMatchObject({ status: 'registered' });
      });
    });
  },
);
