import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { credentialsBody, endpointsOf, startEmsp } from './support/emsp.js';
import { type Gateway, startGateway } from './support/gateway.js';
import { partner } from './support/samples.js';
import { answerJson, success } from './support/scripted-partner.js';

describe.each(['2.1.1', '2.2.1', '2.3.0'])('credentials of OCPI %s', (version) => {
  const path = `/ocpi/${version}/credentials`;
  let gateway: Gateway;
  let emsp: Awaited<ReturnType<typeof startEmsp>>;

  /** A gateway that awaits the registration. */
  async function invite(options: Parameters<typeof startGateway>[0] = {}): Promise<Gateway> {
    const gateway = await startGateway(options);
    const { version: _none, ...invited } = partner(version, {
      id: 'p',
      status: 'awaiting_registration',
      roles: [],
      inboundToken: 'token-a',
    });
    gateway.memory.partners = [invited];
    return gateway;
  }

  beforeEach(async () => {
    gateway = await invite();
    emsp = await startEmsp(version);
  });
  afterEach(async () => {
    await gateway.close();
    await emsp.close();
  });

  const send = (method: string, token: string, body?: unknown) =>
    gateway.call(method, path, { token, ...(body === undefined ? {} : { body }) });

  function ours(token: string) {
    const details = { business_details: { name: 'Roambridge' }, country_code: 'DE', party_id: 'RBG' };
    const url = `${gateway.base}/ocpi/versions`;
    return version === '2.1.1'
      ? { token, url, ...details }
      : { token, url, roles: [{ role: 'CPO', ...details }] };
  }

  test('a partner registers, reads, renews and ends its registration (CR-15 to CR-24)', async () => {
    expect((await send('GET', 'token-a')).body.data).toEqual(ours('token-a'));
    expect((await send('PUT', 'token-a', credentialsBody(version, emsp))).status).toBe(405); // ST-13
    expect((await send('DELETE', 'token-a')).status).toBe(405);

    const registered = await send('POST', 'token-a', credentialsBody(version, emsp));
    expect(registered.body).toMatchObject({ status_code: 1000, data: ours('fresh-1') });
    expect(emsp.requests.map(({ url }) => url)).toEqual(['/versions', `/${version}`]);
    expect(emsp.requests[0]?.headers['x-request-id']).not.toBe(emsp.requests[1]?.headers['x-request-id']);
    expect(emsp.requests[0]?.headers['ocpi-to-party-id']).toBeUndefined(); // RT-02
    expect(gateway.memory.registrations).toEqual([
      {
        version,
        versionsUrl: emsp.versionsUrl,
        outboundToken: 'token-b',
        tokenEncoding: version === '2.1.1' ? 'raw' : 'base64',
        roles: [{ role: 'EMSP', country_code: 'NL', party_id: 'MSP', name: 'MSP One' }],
        endpoints: [
          {
            identifier: 'credentials',
            role: version === '2.1.1' ? 'SENDER' : 'RECEIVER',
            url: `${emsp.base}/${version}/credentials`,
          },
          { identifier: 'locations', role: 'RECEIVER', url: `${emsp.base}/${version}/locations` },
          { identifier: 'tokens', role: 'SENDER', url: `${emsp.base}/${version}/tokens` },
        ],
      },
    ]);

    expect((await send('GET', 'token-a')).status).toBe(401); // TR-012
    expect((await send('POST', 'fresh-1', credentialsBody(version, emsp))).status).toBe(405); // CR-19
    expect((await send('GET', 'fresh-1')).body.data).toEqual(ours('fresh-1'));

    const renewed = await send('PUT', 'fresh-1', credentialsBody(version, emsp));
    expect(renewed.body.data).toEqual(ours('fresh-2'));
    expect(emsp.requests).toHaveLength(4); // CR-20: read again although nothing changed

    const ended = await send('DELETE', 'fresh-2');
    expect([ended.status, ended.body.status_code, ended.body.data]).toEqual([200, 1000, undefined]);
    expect((await send('GET', 'fresh-2')).status).toBe(401);
  });

  test('the other form of the token is tried once when the partner answers 401 (TR-008)', async () => {
    await emsp.close();
    const encoding = version === '2.1.1' ? 'base64' : 'raw';
    emsp = await startEmsp(version, { encoding });
    await send('POST', 'token-a', credentialsBody(version, emsp));
    expect(gateway.memory.registrations[0]?.tokenEncoding).toBe(encoding);
  });

  test.each([
    ['answers with HTTP 500', 500, { status_code: 3000 }],
    ['refuses our call with 2000', 200, { status_code: 2000 }],
    ['answers without a list', 200, { status_code: 1000, data: 'x' }],
    ['redirects', 302, { status_code: 1000, data: [] }],
  ])('nothing is stored when the partner %s (CR-16: 3001)', async (_what, status, body) => {
    emsp.script((_request, response) => answerJson(response, status, body, { Location: '/versions' }));
    const answer = await send('POST', 'token-a', credentialsBody(version, emsp));
    expect([answer.status, answer.body.status_code]).toEqual([200, 3001]);
    expect(gateway.memory.registrations).toEqual([]);
    emsp.restore();
    expect((await send('POST', 'token-a', credentialsBody(version, emsp))).body.status_code).toBe(1000); // TOKEN_A stays
  });

  test('a partner that hangs or is down is 3001 (CR-16)', async () => {
    emsp.script(() => undefined);
    await gateway.close();
    gateway = await invite({ partnerRequestMs: 300 });
    expect((await send('POST', 'token-a', credentialsBody(version, emsp))).body.status_code).toBe(3001);
    await emsp.close();
    expect((await send('POST', 'token-a', credentialsBody(version, emsp))).body.status_code).toBe(3001);
    emsp = await startEmsp(version);
  });

  test('a version that the partner does not list is 3002 (CR-17)', async () => {
    await emsp.close();
    emsp = await startEmsp(version, { versions: ['2.0', '2.2'] });
    const answer = await send('POST', 'token-a', credentialsBody(version, emsp));
    expect([answer.status, answer.body.status_code]).toEqual([200, 3002]);
    expect(gateway.memory.registrations).toEqual([]);
  });

  test('a partner without a credentials endpoint is 3003 (CR-18)', async () => {
    await emsp.close();
    emsp = await startEmsp(version, { endpoints: endpointsOf(version, 'http://127.0.0.1').slice(1) });
    const answer = await send('POST', 'token-a', credentialsBody(version, emsp));
    expect([answer.status, answer.body.status_code]).toEqual([200, 3003]);
    expect(gateway.memory.registrations).toEqual([]);
  });

  test('what is missing or wrong in the body is named (ST-08, TR-009, TY-11)', async () => {
    const good = { ...credentialsBody(version, emsp) };
    const cases: [object, string][] = [
      [{ ...good, token: undefined }, 'token: is required'],
      [{ ...good, token: 'with blank' }, 'token:'],
      [{ ...good, token: 'x'.repeat(65) }, 'token:'], // TR-009
      [{ ...good, url: `https://msp.example/${'x'.repeat(255)}` }, 'url:'],
      [{ ...good, url: 'msp.example/versions' }, 'url:'],
      [
        version === '2.1.1' ? { ...good, country_code: 'NLD' } : { ...good, roles: [] },
        version === '2.1.1' ? 'country_code:' : 'roles:',
      ],
    ];
    for (const [body, message] of cases) {
      const answer = await send('POST', 'token-a', body);
      expect([answer.status, answer.body.status_code]).toEqual([200, 2001]);
      expect(answer.body.status_message).toContain(message);
    }
    expect(emsp.requests).toEqual([]);
  });

  test('while the POST is open the partner can read our versions, but not register twice (CR-13)', async () => {
    let inner: Promise<unknown[]> | undefined;
    emsp.script(async ({ url }, response) => {
      inner ??= Promise.all([
        gateway.call('GET', '/ocpi/versions', { token: 'token-a' }).then(({ status }) => status),
        send('POST', 'token-a', credentialsBody(version, emsp)).then(({ body }) => body.status_code),
      ]);
      await inner;
      const list = [{ version, url: `${emsp.base}/${version}` }];
      success(response, url === '/versions' ? list : { version, endpoints: endpointsOf(version, emsp.base) });
    });
    const answer = await send('POST', 'token-a', credentialsBody(version, emsp));
    expect(answer.body.status_code).toBe(1000);
    expect(await inner).toEqual([200, 2000]);
    expect(gateway.memory.registrations).toHaveLength(1);
  });
});

test('a credentials URL that leads inside is refused before anything is called (S10)', async () => {
  const gateway = await startGateway({ allowPrivate: false });
  const emsp = await startEmsp('2.2.1');
  gateway.memory.partners = [partner('2.2.1', { status: 'awaiting_registration' })];
  for (const url of [
    emsp.versionsUrl,
    emsp.versionsUrl.replace('http:', 'https:'),
    'https://[::1]/versions',
  ]) {
    const body = credentialsBody('2.2.1', { ...emsp, versionsUrl: url });
    const answer = await gateway.call('POST', '/ocpi/2.2.1/credentials', { token: 'token-c-2.2.1', body });
    expect(answer.body.status_code).toBe(2001);
    expect(answer.body.status_message).toContain('url: ');
  }
  expect(emsp.requests).toEqual([]);
  await emsp.close();
  await gateway.close();
});

test('a role of 2.2.1 that 2.3.0 does not know is skipped, a role twice is refused (CR-03, CR-05, TY-18)', async () => {
  const gateway = await startGateway();
  const emsp = await startEmsp('2.3.0');
  gateway.memory.partners = [partner('2.3.0', { status: 'awaiting_registration' })];
  const role = { role: 'EMSP', party_id: 'MSP', country_code: 'NL', business_details: { name: 'MSP One' } };
  const post = (roles: object[]) =>
    gateway.call('POST', '/ocpi/2.3.0/credentials', {
      token: 'token-c-2.3.0',
      body: { token: emsp.token, url: emsp.versionsUrl, roles },
    });
  expect((await post([role, { ...role, party_id: 'msp' }])).body.status_code).toBe(2001);
  expect((await post([{ ...role, role: 'HUB' }])).body.status_code).toBe(2001);
  expect((await post([role, { ...role, role: 'HUB' }])).body.status_code).toBe(1000);
  expect(gateway.memory.registrations[0]?.roles.map((each) => each.role)).toEqual(['EMSP']);
  await emsp.close();
  await gateway.close();
});

test('a partner with nothing but credentials registers, and goes to another version by a PUT there (CR-20, CR-22, VE-06)', async () => {
  const gateway = await startGateway();
  const { version: _none, ...invited } = partner('2.1.1', {
    status: 'awaiting_registration',
    roles: [],
    inboundToken: 'token-a',
  });
  gateway.memory.partners = [invited];
  const registerAs = async (version: string, method: string, token: string) => {
    const emsp = await startEmsp(version, {
      endpoints: endpointsOf(version, 'http://127.0.0.1:1').slice(0, 1),
    });
    const body = credentialsBody(version, emsp);
    const answer = await gateway.call(method, `/ocpi/${version}/credentials`, { token, body });
    expect(answer.body.status_code).toBe(1000);
    await emsp.close();
    return answer.body.data.token;
  };
  const first = await registerAs('2.1.1', 'POST', 'token-a');
  const second = await registerAs('2.3.0', 'PUT', first);
  expect(gateway.memory.partners[0]).toMatchObject({
    version: '2.3.0',
    inboundToken: second,
    tokenEncoding: 'base64',
    endpoints: [{ identifier: 'credentials', url: 'http://127.0.0.1:1/2.3.0/credentials' }],
  });
  expect((await gateway.call('GET', '/ocpi/2.3.0/locations', { token: second })).status).toBe(200);
  await gateway.close();
});

test('a hub of 2.3.0 names itself beside the parties that it reaches (CR-05, CR-33, D-06)', async () => {
  const gateway = await startGateway();
  const emsp = await startEmsp('2.3.0');
  gateway.memory.partners = [partner('2.3.0', { status: 'awaiting_registration' })];
  const role = { role: 'EMSP', party_id: 'ONE', country_code: 'NL', business_details: { name: 'One' } };
  const post = (hub_party_id: string) =>
    gateway.call('POST', '/ocpi/2.3.0/credentials', {
      token: 'token-c-2.3.0',
      body: {
        token: emsp.token,
        url: emsp.versionsUrl,
        roles: [role, { ...role, party_id: 'TWO' }],
        hub_party_id,
      },
    });
  expect((await post('HUB')).body.status_code).toBe(2001);
  expect((await post('nlhub')).body.status_code).toBe(1000);
  expect(gateway.memory.registrations[0]).toMatchObject({
    hubParty: { country_code: 'NL', party_id: 'HUB' },
    roles: [{ party_id: 'ONE' }, { party_id: 'TWO' }],
  });
  await emsp.close();
  await gateway.close();
});
