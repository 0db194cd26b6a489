import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Notice, Partner } from '@roambridge/core';
import { CDRS, LOCATIONS, SESSIONS, TARIFFS } from './support/expected.js';
import { type Gateway, startGateway } from './support/gateway.js';
import { CDR, LOCATION, NARROWED, partner, SESSION, TARIFF } from './support/samples.js';
import { answerJson, type ScriptedPartner, startPartner, success } from './support/scripted-partner.js';

const [EVSE] = LOCATION.evses;
const STATUS: Notice = { kind: 'evse-status', location: LOCATION, evse: { ...EVSE!, status: 'CHARGING' } };
const OWNER = { country_code: 'DE', party_id: 'RBG' };

let gateway: Gateway;
let receiver: ScriptedPartner;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());
beforeEach(async () => {
  receiver = await startPartner((_request, response) => success(response));
});
afterEach(() => receiver.close());

function registered(version: string, changes: Partial<Partner> = {}): Partner {
  return partner(version, {
    endpoints: ['locations', 'tariffs', 'sessions', 'cdrs'].map((identifier, index) => ({
      identifier,
      role: 'RECEIVER',
      url: `${receiver.base}/emsp/${identifier}${index % 2 === 0 ? '' : '/'}`,
    })),
    ...changes,
  });
}

describe.each(['2.1.1', '2.2.1', '2.3.0'])('telling a partner of OCPI %s', (version) => {
  async function told(notice: Notice) {
    const outcome = await gateway.link.tell(registered(version), notice);
    const [request] = receiver.requests;
    return {
      outcome,
      line: `${request?.method} ${request?.url}`,
      body: request?.body,
      headers: request?.headers,
    };
  }
  const OK = { kind: 'acknowledged' };

  test('a status is a PATCH of the EVSE with status and last_updated (LO-11)', async () => {
    expect(await told(STATUS)).toMatchObject({ outcome: OK, line: 'PATCH /emsp/locations/DE/RBG/L-1/E-1' });
    expect(receiver.requests[0]?.body).toEqual({ status: 'CHARGING', last_updated: '2025-05-01T10:00:00Z' });
  });

  test('a location is a PUT, its segments percent-encoded (LO-02, TR-028, TR-030)', async () => {
    const result = await told({ kind: 'location', location: { ...LOCATION, id: 'L/1 ä' } });
    expect(result).toMatchObject({ outcome: OK, line: 'PUT /emsp/locations/DE/RBG/L%2F1%20%C3%A4' });
    expect(result.body).toEqual({ ...LOCATIONS[version], id: 'L/1 ä' });
  });

  test('a tariff is a PUT, its end a DELETE without body (TA-01)', async () => {
    const put = await told({ kind: 'tariff', tariff: TARIFF });
    expect(put.line).toBe('PUT /emsp/tariffs/DE/RBG/T-1');
    expect(put.body).toEqual(TARIFFS[version]);
    await told({ kind: 'tariff-removed', ...OWNER, id: 'T-1' });
    expect(receiver.requests[1]).toMatchObject({ method: 'DELETE', url: '/emsp/tariffs/DE/RBG/T-1' });
    expect(receiver.requests[1]?.body).toBeUndefined();
  });

  test('a session is a PUT, its progress a PATCH without charging periods (SE-02, SE-05)', async () => {
    const put = await told({ kind: 'session', session: SESSION, location: NARROWED });
    expect(put.line).toBe('PUT /emsp/sessions/DE/RBG/S-1');
    expect(put.body).toEqual(SESSIONS[version]);
    await told({ kind: 'session-progress', session: SESSION, location: NARROWED });
    expect(receiver.requests[1]).toMatchObject({ method: 'PATCH', url: '/emsp/sessions/DE/RBG/S-1' });
    expect(receiver.requests[1]?.body).toEqual({
      kwh: 12.345,
      total_cost: SESSIONS[version]?.total_cost,
      last_updated: '2025-06-01T11:00:00Z',
    });
  });

  test('a CDR is a POST whose Location header is kept, resolved where it is relative (CD-02, CD-03)', async () => {
    receiver.script((_request, response) =>
      answerJson(response, 201, { status_code: 1000 }, { Location: '/emsp/cdrs/1234' }),
    );
    const result = await told({ kind: 'cdr', cdr: CDR, location: NARROWED });
    expect(result.line).toBe('POST /emsp/cdrs/');
    expect(result.outcome).toEqual({ kind: 'acknowledged', location: `${receiver.base}/emsp/cdrs/1234` });
    expect(result.body).toEqual(CDRS[version]);
  });

  test('a command result goes to the response_url exactly as given (CO-04, CO-06, CO-07)', async () => {
    const result = await told({
      kind: 'command-result',
      responseUrl: `${receiver.base}/r//x/?id=a%2Fb&empty=`,
      result: 'EVSE_OCCUPIED',
      message: 'Another car is there',
      correlationId: 'corr-7',
      from: OWNER,
    });
    expect(result.line).toBe('POST /r//x/?id=a%2Fb&empty=');
    expect(result.body).toEqual(
      version === '2.1.1'
        ? { result: 'REJECTED' }
        : { result: 'EVSE_OCCUPIED', message: [{ language: 'en', text: 'Another car is there' }] },
    );
    // Trap 58: the correlation of the command, and a request of its own.
    expect(result.headers).toMatchObject({ 'x-correlation-id': 'corr-7' });
    expect(result.headers?.['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(result.headers?.authorization).toMatch(/^Token \S+$/);
    const parties = ['from', 'to'].map((direction) => result.headers?.[`ocpi-${direction}-party-id`]);
    expect(parties).toEqual(version === '2.1.1' ? [undefined, undefined] : ['RBG', 'MSP']);
  });

  test('an invoice of ours is a POST, its change a PUT, a mistake a DELETE; 2.3.0 alone has them (IR-01, IR-02)', async () => {
    const record = {
      ...OWNER,
      id: 'I-1',
      invoice_id: '2025/77',
      cdrs: ['C-1', 'C-2'],
      last_updated: '2025-06-01T12:00:00Z',
    };
    const endpoints = [
      {
        identifier: 'invoicereconciliation',
        role: 'RECEIVER' as const,
        url: `${receiver.base}/emsp/invoices`,
      },
    ];
    const tell = (notice: Notice) => gateway.link.tell(registered(version, { endpoints }), notice);
    const posted = await tell({ kind: 'invoice', record, isNew: true });
    if (version !== '2.3.0') {
      expect([posted.kind, receiver.requests]).toEqual(['not-applicable', []]);
      return;
    }
    await tell({ kind: 'invoice', record: { ...record, cdrs: ['C-1'] }, isNew: false });
    await tell({ kind: 'invoice-removed', ...OWNER, id: 'I-1' });
    expect(receiver.requests.map(({ method, url, body }) => [method, url, body])).toEqual([
      ['POST', '/emsp/invoices', record],
      ['PUT', '/emsp/invoices/DE/RBG/I-1', { ...record, cdrs: ['C-1'] }],
      ['DELETE', '/emsp/invoices/DE/RBG/I-1', undefined],
    ]);
    expect(receiver.requests[0]?.headers['ocpi-from-party-id']).toBe('RBG');
  });

  test('requests carry the token in the form of the connection, ids and routing (TR-002 to TR-005, RT-01)', async () => {
    const { headers } = await told(STATUS);
    const encoded = Buffer.from(`token-b-${version}`).toString('base64');
    expect(headers).toMatchObject({
      authorization: `Token ${version === '2.1.1' ? `token-b-${version}` : encoded}`,
      'content-type': 'application/json',
      'x-request-id': expect.any(String),
      'x-correlation-id': expect.any(String),
    });
    const route = ['from', 'to'].map(
      (direction) =>
        `${headers?.[`ocpi-${direction}-country-code`]}${headers?.[`ocpi-${direction}-party-id`]}`,
    );
    expect(route).toEqual(
      version === '2.1.1' ? ['undefinedundefined', 'undefinedundefined'] : ['DERBG', 'NLMSP'],
    );
  });
});

describe('how telling went', () => {
  const answers = (status: number, body: unknown, headers = {}) =>
    receiver.script((_request, response) => answerJson(response, status, body, headers));
  const tell = (notice: Notice = STATUS, changes: Partial<Partner> = {}) =>
    gateway.link.tell(registered('2.2.1', changes), notice);
  const PUT: Notice = { kind: 'location', location: LOCATION };

  test.each([
    [404, { status_code: 2000 }],
    [404, 'not json'],
    [200, { status_code: 2003 }],
    [200, { status_code: 2001, status_message: 'Unknown EVSE E-1' }],
  ])('PATCH answered with HTTP %i %j: the object is not known there (ST-07)', async (status, body) => {
    answers(status, body);
    expect(await tell()).toMatchObject({ kind: 'unknown-object' });
  });

  test('HTTP 200 with 2xxx is a refusal, also HTTP 4xx (ST-30, trap 4)', async () => {
    answers(200, { status_code: 2001, status_message: 'evse_id is too long' });
    expect(await tell()).toEqual({
      kind: 'refused',
      httpStatus: 200,
      statusCode: 2001,
      detail: 'HTTP 200, OCPI 2001: evse_id is too long',
    });
    answers(404, 'gone');
    expect(await tell(PUT)).toEqual({ kind: 'refused', httpStatus: 404, detail: 'HTTP 404' });
    answers(400, { status_code: 2000 });
    expect(await tell(PUT)).toMatchObject({ kind: 'refused', httpStatus: 400, statusCode: 2000 });
  });

  test.each([401, 403, 408, 425, 429, 500, 502, 503, 302])(
    'HTTP %i may pass: unreachable',
    async (status) => {
      answers(status, { status_code: 2000 }, status === 302 ? { Location: `${receiver.base}/other` } : {});
      expect(await tell(PUT)).toMatchObject({ kind: 'unreachable' });
      expect(receiver.requests).toHaveLength(1); // no redirect is followed
    },
  );

  test.each([3000, 4001, 4002, 999])('OCPI status %i is no answer of the receiver (RT-13)', async (code) => {
    answers(200, { status_code: code });
    expect(await tell(PUT)).toMatchObject({ kind: 'unreachable' });
  });

  test('Retry-After is handed on', async () => {
    answers(503, {}, { 'Retry-After': '7' });
    expect(await tell()).toMatchObject({ kind: 'unreachable', retryAfterMs: 7_000 });
    answers(429, {}, { 'Retry-After': 'Sun, 01 Jun 2025 12:00:30 GMT' });
    expect(await tell()).toMatchObject({ kind: 'unreachable', retryAfterMs: 30_000 });
  });

  test('HTML, an empty body or an envelope without status is no answer (ST-32)', async () => {
    for (const text of ['<html>Welcome</html>', '', '{}', '{"status_code":"1000"}']) {
      receiver.script((_request, response) => response.end(text));
      expect(await tell()).toMatchObject({ kind: 'unreachable' });
    }
  });

  test('a partner that hangs, breaks off or is down is unreachable', async () => {
    receiver.script(() => undefined);
    const hurried = await startGateway({ partnerRequestMs: 250 });
    const answer = await hurried.link.tell(registered('2.2.1'), STATUS);
    expect(answer).toEqual({ kind: 'unreachable', detail: 'no answer within 250 ms' });
    await hurried.close();
    receiver.script((_request, response) => {
      response.writeHead(200);
      response.write('{"status_code":');
    });
    expect(await tell()).toMatchObject({ kind: 'unreachable' });
    receiver.script((_request, response) => response.destroy());
    expect(await tell()).toMatchObject({ kind: 'unreachable' });
    await receiver.close();
    expect(await tell()).toMatchObject({ kind: 'unreachable' });
    receiver = await startPartner((_request, response) => success(response));
  });

  test('a tariff that the partner does not have needs no removal', async () => {
    answers(404, { status_code: 2001 });
    expect(await tell({ kind: 'tariff-removed', ...OWNER, id: 'T-1' })).toEqual({ kind: 'acknowledged' });
  });

  test('without an interface, a registration or a form of the object there is nothing to tell', async () => {
    const nothing = { kind: 'not-applicable' };
    const { outboundToken: _token, ...tokenless } = registered('2.2.1');
    expect(await tell(STATUS, { endpoints: [] })).toMatchObject(nothing);
    expect(await tell(STATUS, { status: 'unregistered' })).toMatchObject(nothing);
    expect(await tell(STATUS, { version: '2.2' })).toMatchObject(nothing);
    expect(await gateway.link.tell(tokenless, STATUS)).toMatchObject(nothing);
    const hidden = { ...LOCATION, publish: false };
    expect(
      await gateway.link.tell(registered('2.1.1'), { kind: 'location', location: hidden }),
    ).toMatchObject(nothing);
    expect(await gateway.link.tell(registered('2.1.1'), { ...STATUS, location: hidden })).toMatchObject(
      nothing,
    );
    expect(receiver.requests).toEqual([]);
  });

  test('a sender endpoint of the same module is not pushed to (VE-04)', async () => {
    const url = `${receiver.base}/emsp/tokens`;
    expect(
      await tell(STATUS, { endpoints: [{ identifier: 'locations', role: 'SENDER', url }] }),
    ).toMatchObject({
      kind: 'not-applicable',
    });
  });

  test('a partner that is neither eMSP nor hub is told like an eMSP (HU-11)', async () => {
    const other = { role: 'OTHER', country_code: 'NL', party_id: 'OTH', name: 'Other' };
    expect(await tell(PUT, { roles: [other] })).toMatchObject({ kind: 'acknowledged' });
    expect(receiver.requests[0]?.headers['ocpi-to-party-id']).toBe('OTH');
  });

  test('of several parties the owner of the token is addressed (SE-03)', async () => {
    const role = (party_id: string, name = 'EMSP') => ({
      role: name,
      country_code: 'NL',
      party_id,
      name: party_id,
    });
    const roles = [role('NSP', 'NSP'), role('ONE'), role('MSP')];
    await tell({ kind: 'cdr', cdr: CDR, location: NARROWED }, { roles });
    await tell(STATUS, { roles });
    expect(receiver.requests.map(({ headers }) => headers['ocpi-to-party-id'])).toEqual(['MSP', 'ONE']);
  });
});
