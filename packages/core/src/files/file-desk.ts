import type { ChargerFiles, FileRefusal } from '../edges/charger-files.js';
import { RequestRefused } from '../edges/operator-edge.js';
import { newToken, randomUUID } from '../ids.js';
import type { FileGrant, StoredFile } from '../model/file.js';
import type { Clock } from '../ports/clock.js';
import { FileRefused, type FileVault } from '../ports/file-vault.js';
import type { Log } from '../ports/log.js';
import type { CursorPage, CursorQuery, Store } from '../ports/store.js';
import type { Secrets } from '../secrets.js';
import type { CoreSettings } from '../settings.js';

/** Shown names are cut at this length. */
const NAME_MAX_CHARS = 255;
/** Transfers that run at a time. */
const TRANSFERS_MAX = 100;

/** The secret part of our URLs, wherever one stands in a text. */
const TOKEN_IN_URL = /\/files\/([A-Za-z0-9_-]{43})(?:\/|$|\?)/;

export interface FilePorts {
  store: Pick<Store, 'files' | 'fileGrants'>;
  vault: FileVault;
  clock: Clock;
  log: Log;
  secrets: Secrets;
  settings: Pick<CoreSettings, 'fileMaxBytes' | 'filesMaxBytes' | 'fileUrlMs' | 'fileRetentionMs'>;
  /** Where chargers reach the file endpoint, without a slash at its end. */
  filesUrl: () => string;
  /** A charger delivered the file of a job. */
  delivered(jobId: string, file: StoredFile): Promise<void>;
}

/** Files for chargers and of chargers, and the one-time URLs by which they move. */
export interface FileDesk {
  charger: ChargerFiles;
  /** Takes a file of the operator. @throws RequestRefused when it is too large. */
  take(name: string, content: AsyncIterable<Uint8Array>): Promise<StoredFile>;
  /** A new URL for one charger. @throws RequestRefused when there is no such file. */
  grant(
    stationId: string,
    direction: FileGrant['direction'],
    fileId?: string,
  ): Promise<{ url: string; expiresAt: number }>;
  page(query: CursorQuery & { stationId?: string }): Promise<CursorPage<StoredFile>>;
  content(id: string): Promise<{ file: StoredFile; content: AsyncIterable<Uint8Array> } | undefined>;
  remove(id: string): Promise<boolean>;
  /** The URL in a request, if it is ours, belongs to this job from now on; returns the file that it offers. */
  tie(location: string, jobId: string): Promise<string | undefined>;
  /** Removes what is too old, and what lies there without being known. */
  tidy(): Promise<void>;
}

export function createFileDesk(ports: FilePorts): FileDesk {
  const { store, vault, clock, log, secrets, settings } = ports;
  /** Grants that are being used. */
  const busy = new Set<string>();
  /** Files that are being written: they lie there without being known. */
  const writing = new Set<string>();

  async function valid(token: string, direction: FileGrant['direction']): Promise<FileGrant | undefined> {
    const grant = await store.fileGrants.get(secrets.hash(token));
    return grant?.direction === direction && grant.expiresAt > clock.now() ? grant : undefined;
  }

  /** Reserves the grant for one transfer. */
  async function claim(
    token: string,
    direction: FileGrant['direction'],
  ): Promise<FileGrant | Extract<FileRefusal, 'gone' | 'busy'>> {
    const grant = await valid(token, direction);
    if (!grant) return 'gone';
    if (busy.has(grant.tokenHash) || busy.size >= TRANSFERS_MAX) return 'busy';
    busy.add(grant.tokenHash);
    return grant;
  }

  async function write(
    given: Pick<StoredFile, 'name' | 'stationId'>,
    content: AsyncIterable<Uint8Array>,
  ): Promise<StoredFile> {
    const id = randomUUID();
    const room = settings.filesMaxBytes - (await store.files.totalBytes());
    if (room <= 0) throw new FileRefused('no-room');
    writing.add(id);
    try {
      const written = await vault.write(id, content, Math.min(settings.fileMaxBytes, room));
      const file = { ...given, id, ...written, createdAt: clock.now() };
      await store.files.put(file);
      return file;
    } finally {
      writing.delete(id);
    }
  }

  async function remove(id: string): Promise<boolean> {
    const known = await store.files.remove(id);
    if (known) await vault.remove(id);
    return known;
  }

  return {
    charger: {
      async look(token) {
        const grant = await valid(token, 'download');
        return grant?.fileId === undefined ? undefined : store.files.get(grant.fileId);
      },
      async download(token) {
        const grant = await claim(token, 'download');
        if (typeof grant === 'string') return grant;
        const file = grant.fileId === undefined ? undefined : await store.files.get(grant.fileId);
        const content = file && (await vault.read(file.id));
        if (!file || !content) {
          busy.delete(grant.tokenHash);
          return 'gone';
        }
        return {
          name: file.name,
          sizeBytes: file.sizeBytes,
          content,
          async ended(whole) {
            if (whole) await store.fileGrants.remove(grant.tokenHash);
            busy.delete(grant.tokenHash);
          },
        };
      },
      async upload(token, { name, sizeBytes, content }) {
        const grant = await claim(token, 'upload');
        if (typeof grant === 'string') return grant;
        try {
          if ((sizeBytes ?? 0) > settings.fileMaxBytes) return 'too-large';
          const file = await write(
            { name: shownName(name ?? `${grant.stationId}.upload`), stationId: grant.stationId },
            content,
          );
          // Read again: the job is tied to it while the charger already sends.
          const { jobId } = (await store.fileGrants.get(grant.tokenHash)) ?? {};
          await store.fileGrants.remove(grant.tokenHash);
          if (jobId !== undefined) await ports.delivered(jobId, file);
          return 'stored';
        } catch (error) {
          if (error instanceof FileRefused) return error.reason;
          throw error;
        } finally {
          busy.delete(grant.tokenHash);
        }
      },
    },
    async take(name, content) {
      try {
        return await write({ name: shownName(name) }, content);
      } catch (error) {
        if (error instanceof FileRefused) throw new RequestRefused(422, error.message);
        throw error;
      }
    },
    async grant(stationId, direction, fileId) {
      if (direction === 'download' && (fileId === undefined || !(await store.files.get(fileId)))) {
        throw new RequestRefused(422, 'there is no such file', '/file_id');
      }
      const token = newToken();
      const expiresAt = clock.now() + settings.fileUrlMs;
      await store.fileGrants.put({
        tokenHash: secrets.hash(token),
        direction,
        stationId,
        expiresAt,
        ...(fileId === undefined ? {} : { fileId }),
      });
      return { url: `${ports.filesUrl()}/files/${token}`, expiresAt };
    },
    page: (query) => store.files.page(query),
    async content(id) {
      const file = await store.files.get(id);
      const content = file && (await vault.read(id));
      return file && content && { file, content };
    },
    remove,
    async tie(location, jobId) {
      const token = TOKEN_IN_URL.exec(location)?.[1];
      const grant = token === undefined ? undefined : await store.fileGrants.get(secrets.hash(token));
      if (!grant) return undefined;
      await store.fileGrants.put({ ...grant, jobId });
      return grant.fileId;
    },
    async tidy() {
      const now = clock.now();
      await store.fileGrants.prune(now);
      for (const id of await store.files.sentBefore(now - settings.fileRetentionMs)) await remove(id);
      for (const id of await vault.list()) {
        if (writing.has(id) || (await store.files.get(id))) continue;
        log.warn({ file: id }, 'a file that nobody knows is removed');
        await vault.remove(id);
      }
    },
  };
}

/** The last part of a name, without what a terminal or a header would take for more than text. */
function shownName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const clean = last.replaceAll(/[^\p{L}\p{N}._ ()-]/gu, '_').slice(0, NAME_MAX_CHARS);
  return clean === '' ? 'file' : clean;
}
