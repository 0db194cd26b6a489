import type { FileGrant, Store, StoredFile } from '@roambridge/core';
import { fromDocument, toDocument } from '../encoding/document.js';
import type { StoreContext } from './context.js';
import { documentPage } from './document-page.js';

/** What is known about files; their bytes lie in the data directory. */
export function fileStore({ tables }: Pick<StoreContext, 'tables'>): Store['files'] {
  return {
    async put(file) {
      const document = toDocument(file);
      await tables
        .insertInto('files')
        .values({
          id: file.id,
          station_id: file.stationId ?? null,
          size_bytes: file.sizeBytes,
          created_at: file.createdAt,
          document,
        })
        .onConflict((row) => row.column('id').doUpdateSet({ document }))
        .execute();
    },
    async get(id) {
      const row = await tables.selectFrom('files').select('document').where('id', '=', id).executeTakeFirst();
      return row && fromDocument<StoredFile>(row.document);
    },
    page: (query) => documentPage<StoredFile>(tables, 'files', query),
    async remove(id) {
      const { numDeletedRows } = await tables.deleteFrom('files').where('id', '=', id).executeTakeFirst();
      return numDeletedRows > 0n;
    },
    async totalBytes() {
      const row = await tables
        .selectFrom('files')
        .select((eb) => eb.fn.coalesce(eb.fn.sum<string>('size_bytes'), eb.val('0')).as('total'))
        .executeTakeFirstOrThrow();
      return Number(row.total);
    },
    async sentBefore(at) {
      const rows = await tables
        .selectFrom('files')
        .select('id')
        .where('station_id', 'is not', null)
        .where('created_at', '<', at)
        .execute();
      return rows.map((row) => row.id);
    },
  };
}

/** The rights of chargers to single files. */
export function fileGrantStore({ tables }: Pick<StoreContext, 'tables'>): Store['fileGrants'] {
  return {
    async put(grant) {
      const document = toDocument(grant);
      await tables
        .insertInto('file_grants')
        .values({ token_hash: grant.tokenHash, expires_at: grant.expiresAt, document })
        .onConflict((row) => row.column('token_hash').doUpdateSet({ document }))
        .execute();
    },
    async get(tokenHash) {
      const row = await tables
        .selectFrom('file_grants')
        .select('document')
        .where('token_hash', '=', tokenHash)
        .executeTakeFirst();
      return row && fromDocument<FileGrant>(row.document);
    },
    async remove(tokenHash) {
      const { numDeletedRows } = await tables
        .deleteFrom('file_grants')
        .where('token_hash', '=', tokenHash)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
    async prune(expiredBefore) {
      const { numDeletedRows } = await tables
        .deleteFrom('file_grants')
        .where('expires_at', '<', expiredBefore)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}
