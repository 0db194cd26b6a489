import { describe, expect, test } from '@jest/globals';
import { decodeFrame, encodeError, payloadObject } from '../src/rpc/frame.js';

describe('decoding a frame (A-090)', () => {
  test.each([
    '',
    '[',
    'null',
    '0',
    '"x"',
    '{}',
    '[]',
    '[null]',
    '["2","a","Heartbeat",{}]',
    '[2]',
    '[2,null,"Heartbeat",{}]',
    '[2,{},"Heartbeat",{}]',
    `[2,"${'x'.repeat(256)}","Heartbeat",{}]`,
    '[2,"a",null,{}]',
    '[3]',
    '[4,true]',
    '[2,"a","MeterValues",{"transactionId":,}]',
    '['.repeat(200_000),
    '\uFEFF\u0000',
  ])('%# is malformed and nothing is thrown', (text) => {
    expect(decodeFrame(text).kind).toBe('malformed');
  });

  test('types that the version does not have are told apart', () => {
    expect(decodeFrame('[6,"a","NotifyPeriodicEventStream",{}]')).toEqual({
      kind: 'unknown-type',
      id: 'a',
      type: 6,
    });
    expect(decodeFrame('[7]')).toEqual({ kind: 'unknown-type', id: undefined, type: 7 });
  });

  test('a CALLERROR with missing members is still an answer (A-082)', () => {
    expect(decodeFrame('[4,"a"]')).toEqual({
      kind: 'error',
      id: 'a',
      code: '',
      description: '',
      details: undefined,
    });
  });

  test('integers beyond 2^53 do no harm (D2-055)', () => {
    expect(decodeFrame('[2,"a","MeterValues",{"transactionId":9223372036854775807}]').kind).toBe('call');
  });
});

test('a payload is an object, or stands for the empty one (A-079)', () => {
  expect(payloadObject(null)).toEqual({});
  expect(payloadObject([])).toEqual({});
  expect(payloadObject([1])).toBeUndefined();
  expect(payloadObject('x')).toBeUndefined();
});

test('the description of a CALLERROR is at most 255 characters, its details an object (A-080)', () => {
  const [, , , description, details] = JSON.parse(encodeError('a', 'InternalError', 'x'.repeat(500)));
  expect(description).toHaveLength(255);
  expect(details).toEqual({});
});
