import { median } from '../report/median.js';
import type { LoopOrder } from './messages.js';
import type { Partners } from './partners.js';

/** Reads pages of CDRs as the first partner, the offsets in turns. @throws Error when a page is not there. */
export async function readPages(
  partners: Partners,
  { offsets, limit, times }: Extract<LoopOrder, { do: 'read' }>,
): Promise<{ ms: number[]; total: number }> {
  const emsp = partners.first();
  const found = offsets.map((): number[] => []);
  let total = 0;
  for (let round = 0; round < times; round += 1) {
    for (const [i, offset] of offsets.entries()) {
      const at = performance.now();
      const answer = await emsp.send('GET', 'cdrs', 'SENDER', `?offset=${offset}&limit=${limit}`);
      found[i]?.push(performance.now() - at);
      total = Number(answer.headers.get('X-Total-Count'));
      const rows = Array.isArray(answer.data) ? answer.data.length : 0;
      if (rows !== Math.max(0, Math.min(limit, total - offset))) {
        throw new Error(`the page at ${offset} of ${total} has ${rows} CDRs: HTTP ${answer.httpStatus}`);
      }
    }
  }
  return { ms: found.map(median), total };
}
