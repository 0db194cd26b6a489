import { afterAll, describe, expect, test } from '@jest/globals';
import { createThreadedHttpClient } from '../src/client/threaded-http-client.js';
import { startPartner, success } from './support/scripted-partner.js';

const GET = { method: 'GET', headers: {} } as const;

describe('HTTP in a thread of its own', () => {
  const client = createThreadedHttpClient({ allowPrivate: true });
  const hurried = createThreadedHttpClient({ allowPrivate: true, deadlineMs: 300 });
  const strict = createThreadedHttpClient({ allowPrivate: false });
  afterAll(() => Promise.all([client, hurried, strict].map((each) => each.close())));

  test('what was sent arrives, and the answer comes back with the headers that are read', async () => {
    const partner = await startPartner((_request, response) => {
      response.setHeader('Location', '/cdrs/7');
      response.setHeader('Retry-After', '3');
      success(response);
    });
    const outcome = await client.send({
      method: 'POST',
      url: partner.base,
      headers: { 'X-Request-ID': 'r1' },
      body: '{"a":"ü"}',
    });
    expect(outcome).toMatchObject({ kind: 'response', status: 200 });
    if (outcome.kind !== 'response') throw new Error(outcome.detail);
    expect([outcome.header('Location'), outcome.header('retry-after')]).toEqual(['/cdrs/7', '3']);
    expect(partner.requests).toMatchObject([
      { method: 'POST', headers: { 'x-request-id': 'r1' }, body: { a: 'ü' } },
    ]);
    await partner.close();
  });

  test('answers that come in another order reach whom they are for', async () => {
    const partner = await startPartner((request, response) => {
      const wait = Number(request.url?.split('/').at(-1)) * 10;
      setTimeout(() => success(response, request.url), wait);
    });
    const outcomes = await Promise.all(
      [3, 1, 2].map((n) => client.send({ ...GET, url: `${partner.base}/${n}` })),
    );
    const texts = outcomes.map((outcome) => (outcome.kind === 'response' ? outcome.text : outcome.detail));
    expect(texts.map((text) => /\/(\d)"/.exec(text)?.[1])).toEqual(['3', '1', '2']);
    await partner.close();
  });

  test('an answer is read whole: a character in two pieces, and without the byte order mark before it', async () => {
    const bytes = Buffer.from('\uFEFF{"a":"ü"}');
    const partner = await startPartner((_request, response) => {
      response.write(bytes.subarray(0, -3));
      setTimeout(() => response.end(bytes.subarray(-3)), 20);
    });
    expect(await client.send({ ...GET, url: partner.base })).toMatchObject({
      kind: 'response',
      text: '{"a":"ü"}',
    });
    await partner.close();
  });

  test('an answer that is cut is none, and one that is too large is not read to its end', async () => {
    const partner = await startPartner((request, response) => {
      response.write('x'.repeat(2_000));
      if (request.url?.endsWith('/cut') === true) setTimeout(() => response.destroy(), 20);
    });
    const cut = await client.send({ ...GET, url: `${partner.base}/cut` });
    expect(cut.kind).toBe('failure');
    expect(await client.send({ ...GET, url: partner.base, maxResponseBytes: 1_000 })).toEqual({
      kind: 'failure',
      detail: 'answer larger than 1000 bytes',
    });
    await partner.close();
  });

  test('a partner that does not answer is given up in time', async () => {
    const partner = await startPartner(() => undefined);
    expect(await hurried.send({ ...GET, url: partner.base })).toEqual({
      kind: 'failure',
      detail: 'no answer within 300 ms',
    });
    await partner.close();
  });

  test('private addresses are refused in the thread as well', async () => {
    expect(await strict.send({ ...GET, url: 'https://127.0.0.1/' })).toEqual({
      kind: 'failure',
      detail: 'URL must lead to a public address',
    });
  });

  test('after the end nothing is sent any more', async () => {
    const ended = createThreadedHttpClient({ allowPrivate: true });
    await ended.send({ ...GET, url: 'http://127.0.0.1:1/' });
    await ended.close();
    expect(await ended.send({ ...GET, url: 'http://127.0.0.1:1/' })).toEqual({
      kind: 'failure',
      detail: 'the gateway is stopping',
    });
  });
});
