import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { newMessagesPage } from './support/new-messages.js';

const PAGE = new URL('../../../docs/reference/ocpp-2.1.md', import.meta.url);

test('docs/reference/ocpp-2.1.md is what is done with each message that OCPP 2.1 adds (A-077, C-202)', () => {
  const page = newMessagesPage();
  if (process.env.UPDATE_REFERENCE) writeFileSync(PAGE, page);
  expect(readFileSync(PAGE, 'utf8')).toBe(page);
});
