import type { SettingName, Settings } from './settings.js';

/** Settings by which a file or directory is named. */
const FILE_SETTINGS = [
  'OCPP_TLS_CERT',
  'OCPP_TLS_KEY',
  'OCPP_TLS_CLIENT_CA',
  'OCPP_TLS_CLIENT_CRL',
  'CONTRACT_ROOTS',
] as const satisfies SettingName[];

const PORT_SETTINGS = [
  'OCPP_PORT',
  'LENIENT_OCPP_PORT',
  'OCPP_TLS_PORT',
  'OCPI_PORT',
  'OPERATOR_PORT',
] as const satisfies SettingName[];

/** What people know these by. */
const REASONS: Record<string, string> = {
  EADDRINUSE: 'another process listens there',
  EADDRNOTAVAIL: 'this machine has no such address',
  EACCES: 'no permission',
  EPERM: 'no permission',
  ENOENT: 'there is no such file or directory',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'a part of the path is a file',
  EISDIR: 'it is a directory',
  EROFS: 'the file system is read-only',
};

/**
 * Why the gateway did not start, in one line that names the setting by which it can be mended; undefined = an error
 * that no setting explains.
 */
export function startFailure(error: unknown, settings: Settings): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, message, cause, path, port } = members(error);
  const reason = typeof code === 'string' ? (REASONS[code] ?? code) : '';
  if (code === 'DATA_DIR_IN_USE') return String(message);
  if (code === 'DATABASE_IN_USE') return `DATABASE_URL: ${String(message)}`;
  if (code === 'DATABASE_UNAVAILABLE' && settings.DATABASE_URL !== undefined) {
    const why = cause === undefined ? '' : ` (${String(cause).replace(/^(Error: )+/, '')})`;
    return `DATABASE_URL: the database cannot be reached${why}`;
  }
  if (typeof port === 'number') {
    const name = PORT_SETTINGS.find((each) => settings[each] === port);
    if (name !== undefined) return `${name}: cannot listen on port ${port}: ${reason}`;
  }
  if (typeof path === 'string') {
    const name = FILE_SETTINGS.find((each) => [settings[each]].flat().includes(path));
    if (name !== undefined) return `${name}: ${path} cannot be read: ${reason}`;
    if (path.startsWith(settings.DATA_DIR)) return `DATA_DIR: ${path} cannot be used: ${reason}`;
  }
  return undefined;
}

/** What Node and the store say beside the message. */
function members(error: object): {
  code?: unknown;
  message?: unknown;
  cause?: unknown;
  path?: unknown;
  port?: unknown;
} {
  return error;
}
