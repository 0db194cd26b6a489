import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, realpath, rename, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { StorageError } from '../errors.js';

/** A Unix-domain socket path must fit in `sockaddr_un`: 104 bytes on macOS, 108 on Linux. */
const MAX_SOCKET_PATH_BYTES = 100;
/** Wait for another process to say who it is; a stopped one never does. */
const ANSWER_MS = 5_000;
/** Between two looks at another process that is about to give up. */
const POLL_MS = 10;
/** Times another process may close without a word before it counts as one that has the directory. */
const MAX_LEFT = 100;

const CANDIDATE = /\.[0-9a-f]{16}\.lock$/;
/** Longest ending of a socket's name, with the one that it has while it is made. */
const SUFFIX_BYTES = 26;

/** Exclusive use of a directory; ends with the process, however that ends. */
export interface DirectoryLock {
  release(): Promise<void>;
}

interface Other {
  pid: string;
  /** It has the directory; else it tries to get it. */
  holds: boolean;
}

/**
 * Takes the directory for this process, making it if it is not there. Rejects with `DATA_DIR_IN_USE`, naming the
 * process that has it.
 *
 * Every process that wants the directory listens on a socket of its own there, with a name that is never used
 * again, and only then looks at the others. The kernel closes sockets when a process dies, so who does not answer
 * is gone and is tidied away. Of two processes at least one sees the other: one that holds wins, and of two that
 * try the smaller name waits for the other to give up.
 */
export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const prefix = socketPrefix(await realpath(directory));
  const own = `${prefix}.${randomBytes(8).toString('hex')}.lock`;
  const state = { holds: false };
  const server = await listen(own, () => `${process.pid} ${state.holds ? 'holds' : 'tries'}\n`);
  const release = async () => {
    await rm(own, { force: true });
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  try {
    for (const path of await candidates(prefix)) {
      if (path !== own) await outlast(path, { yields: own > path, directory });
    }
    state.holds = true;
    return { release };
  } catch (error) {
    await release();
    throw error;
  }
}

function socketPrefix(directory: string): string {
  const inside = join(directory, 'gateway');
  if (Buffer.byteLength(inside) + SUFFIX_BYTES <= MAX_SOCKET_PATH_BYTES) return inside;
  const name = createHash('sha256').update(directory).digest('hex').slice(0, 24);
  return join(tmpdir(), `roambridge-${name}`);
}

async function candidates(prefix: string): Promise<string[]> {
  const folder = dirname(prefix);
  const names = await readdir(folder);
  return names
    .filter((name) => name.startsWith(`${basename(prefix)}.`) && CANDIDATE.test(name))
    .map((name) => join(folder, name));
}

/** Resolves when the process behind the socket is gone. Rejects when it has the directory or goes first. */
async function outlast(path: string, options: { yields: boolean; directory: string }): Promise<void> {
  for (let left = 0; ; ) {
    const answer = await ask(path);
    if (answer === 'nobody') return rm(path, { force: true });
    if (answer === 'left') left += 1;
    if (answer === 'silent' || left > MAX_LEFT) throw refusal(options.directory);
    if (answer !== 'left' && (answer.holds || options.yields)) throw refusal(options.directory, answer.pid);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

function refusal(directory: string, pid?: string): StorageError {
  return new StorageError(
    'DATA_DIR_IN_USE',
    `DATA_DIR ${directory} is in use by ${pid === undefined ? 'another process' : `process ${pid}`}; ` +
      'stop it, or give this gateway a directory of its own',
  );
}

/**
 * The process behind a socket. `nobody` listens there; `left` closed without a word, as one that gives up while it
 * is asked; `silent` listens and says nothing, so it may have the directory.
 */
function ask(path: string): Promise<Other | 'nobody' | 'left' | 'silent'> {
  return new Promise((resolve, reject) => {
    let said = '';
    const socket = connect(path);
    socket.setTimeout(ANSWER_MS, () => {
      resolve('silent');
      socket.destroy();
    });
    socket.setEncoding('utf8').on('data', (text) => {
      said += text;
    });
    socket.on('close', () => {
      const [, pid, state] = /^(\d+) (holds|tries)\n$/.exec(said) ?? [];
      resolve(pid === undefined ? 'left' : { pid, holds: state === 'holds' });
    });
    socket.on('error', (error) => {
      if (['ENOENT', 'ECONNREFUSED', 'ENOTSOCK'].includes(codeOf(error))) resolve('nobody');
      else if (!['ECONNRESET', 'EPIPE', 'EAGAIN'].includes(codeOf(error))) reject(error);
    });
  });
}

/** The socket gets its name when it listens already: one that is only bound looks like that of a dead process. */
async function listen(path: string, answer: () => string): Promise<Server> {
  const made = `${path}.new`;
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.end(answer());
  });
  server.unref();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(made, resolve);
  });
  await rename(made, path);
  return server;
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
