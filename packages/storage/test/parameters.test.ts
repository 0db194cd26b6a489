import { expect, test } from '@jest/globals';
import { createParameters } from '../src/encoding/parameters.js';
import { defineRows } from '../src/encoding/row-source.js';

interface Row {
  text: string;
  whole: number;
  share: number | null;
  sure: boolean;
}

const rows: Row[] = [
  { text: 'a', whole: 1, share: 0.25, sure: true },
  { text: 'ü'.repeat(60), whole: -(2 ** 40), share: null, sure: false },
  { text: '', whole: 0, share: -1e300, sure: true },
];
const source = defineRows<Row>('things', {
  text: ['text', (row) => row.text],
  document: ['document', (row) => JSON.stringify(row)],
  whole: ['int8', (row) => row.whole],
  share: ['float8', (row) => row.share],
  sure: ['bool', (row) => row.sure],
});

function written(likelyBytes: number): { hex: string; sizes: number[] } {
  const parameters = createParameters(likelyBytes);
  source.write(parameters, rows);
  return { hex: parameters.bytes.toString('hex', 0, parameters.length), sizes: parameters.sizes };
}

test('parameters are the same wherever their memory has to grow', () => {
  const whole = written(8_192);
  const size = whole.hex.length / 2;
  expect(size).toBeGreaterThan(400);
  for (let likelyBytes = 1; likelyBytes <= size; likelyBytes += 1) {
    expect({ likelyBytes, ...written(likelyBytes) }).toEqual({ likelyBytes, ...whole });
  }
});
