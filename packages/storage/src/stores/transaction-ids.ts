import { sql } from 'kysely';
import { StorageError } from '../errors.js';
import type { StoreContext } from './context.js';

/** OCPP 1.6 transactionId and reservationId are 32-bit integers. */
const HIGHEST_ID = 2 ** 31 - 1;

/** D2-050, D5-040: ids in a row, durable before they are used, so that none is given out twice. */
export async function reserveIds(
  { tables }: Pick<StoreContext, 'tables'>,
  sequence: 'transaction' | 'reservation',
  count: number,
): Promise<number> {
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new StorageError('VALUE_INVALID', `count: ${count} is not a positive whole number`);
  }
  const { rows } = await sql<{ first: number }>`
    update sequences set next = next + ${count}::int8
    where name = ${sequence} and next + ${count}::int8 - 1 <= ${HIGHEST_ID}::int8
    returning next - ${count}::int8 as first`.execute(tables);
  const first = rows[0]?.first;
  if (first === undefined) {
    throw new StorageError('TRANSACTION_IDS_EXHAUSTED', `no ${count} ${sequence} ids are left below 2^31`);
  }
  return first;
}
