import { expect, test } from '@jest/globals';
import { repairJson } from '../src/rpc/repair-json.js';

test.each([
  ['a value that is missing', '{"transactionId":,"a":1}', { transactionId: null, a: 1 }],
  ['a value that is missing at the end', '[{"a": }]', [{ a: null }]],
  ['escapes that JSON does not have', String.raw`["it\'s \x41 \u0041 \\ \"x\""]`, ['it\'s x41 A \\ "x"']],
  ['colons and braces in a text', '["a:,}",{"b":"c:]"}]', ['a:,}', { b: 'c:]' }]],
])('%s is repaired or left as it is (A-081, Q-15)', (_what, text, value) => {
  expect(JSON.parse(repairJson(text))).toEqual(value);
});

test('a megabyte of nonsense takes one pass', () => {
  const began = Date.now();
  repairJson('"\\"'.repeat(350_000));
  repairJson('{"a":'.repeat(200_000));
  expect(Date.now() - began).toBeLessThan(2_000);
});
