import { afterAll, describe, expect, test } from '@jest/globals';
import { isPublicAddress } from '../src/client/address-rules.js';
import { createEgressGuard } from '../src/client/egress-guard.js';
import { createHttpClient } from '../src/client/http-client.js';
import { startPartner, success } from './support/scripted-partner.js';

const strict = createEgressGuard({ allowPrivate: false });
const open = createEgressGuard({ allowPrivate: true });

describe('egress guard (S10)', () => {
  test.each([
    'https://127.0.0.1/',
    'https://0x7f.1/',
    'https://2130706433/',
    'https://0177.0.0.1/',
    'https://10.0.0.1/',
    'https://172.31.255.255/',
    'https://192.168.1.1/',
    'https://100.64.0.1/',
    'https://169.254.169.254/',
    'https://0.0.0.0/',
    'https://[::1]/',
    'https://[::ffff:7f00:1]/',
    'https://[::ffff:8.8.8.8]/',
    'https://[fe80::1]/',
    'https://[fd00::1]/',
    'https://[64:ff9b::a00:1]/',
    'https://[2002:7f00:1::]/',
    'https://localhost/',
    'https://user@8.8.8.8/',
    'http://8.8.8.8/',
    'ftp://8.8.8.8/',
    'file:///etc/passwd',
    'gopher://8.8.8.8/',
    '//8.8.8.8/',
    'not a url',
  ])('%s is refused', async (url) => {
    expect(await strict.refusal(url)).toBeDefined();
  });

  test.each(['https://8.8.8.8/', 'https://[2606:4700::1111]/', 'https://8.8.8.8:8443/a?b=c'])(
    '%s is allowed',
    async (url) => {
      expect(await strict.refusal(url)).toBeUndefined();
    },
  );

  test.each(['http://127.0.0.1:8080/', 'http://localhost/', 'https://10.0.0.1/'])(
    '%s is allowed where private URLs are',
    async (url) => {
      expect(await open.refusal(url)).toBeUndefined();
    },
  );

  test('what is no address is not public', () => {
    expect(isPublicAddress('example.com')).toBe(false);
  });
});

describe('connections', () => {
  const clients = [createHttpClient({ guard: strict }), createHttpClient({ guard: open })] as const;
  afterAll(() => Promise.all(clients.map((client) => client.close())));

  test('the address of a name is checked when connecting, whatever was checked before', async () => {
    const partner = await startPartner((_request, response) => success(response));
    const port = new URL(partner.base).port;
    const request = { method: 'GET', headers: {} } as const;
    expect(await clients[0].send({ ...request, url: `https://localhost:${port}/` })).toMatchObject({
      kind: 'failure',
      detail: expect.stringContaining('not allowed'),
    });
    expect(await clients[0].send({ ...request, url: partner.base })).toMatchObject({ kind: 'failure' });
    expect(partner.requests).toEqual([]);
    expect(await clients[1].send({ ...request, url: partner.base })).toMatchObject({
      kind: 'response',
      status: 200,
    });
    await partner.close();
  });
});
