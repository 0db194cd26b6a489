import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface Resources {
  /** Resident memory, MiB. */
  memoryMb: number;
  sockets: number;
}

/** Whether this system shows what a process holds. */
export const canBeSeen = existsSync('/proc/self/status');

export function resourcesOf(pid: number): Resources {
  const [, kib = '0'] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  const sockets = readdirSync(`/proc/${pid}/fd`).filter((fd) => isSocket(`/proc/${pid}/fd/${fd}`)).length;
  return { memoryMb: Number(kib) / 1024, sockets };
}

function isSocket(path: string): boolean {
  try {
    return readlinkSync(path).startsWith('socket:');
  } catch {
    return false; // closed meanwhile
  }
}

/** The most that a process held since `start`; the returned function ends the watch. */
export function watchResources(pid: number, everyMs: number): () => Resources {
  const most: Resources = { memoryMb: 0, sockets: 0 };
  const look = () => {
    if (!existsSync(`/proc/${pid}/status`)) return clearInterval(timer);
    const now = resourcesOf(pid);
    most.memoryMb = Math.max(most.memoryMb, now.memoryMb);
    most.sockets = Math.max(most.sockets, now.sockets);
  };
  const timer = setInterval(look, everyMs).unref();
  return () => {
    clearInterval(timer);
    look();
    return most;
  };
}
