import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks of /proc per second (USER_HZ, the same on every Linux). */
const TICKS_PER_SECOND = 100;

/** CPU seconds that a process has used in user and system mode; undefined where the system does not tell (/proc). */
export function cpuSeconds(pid: number): number | undefined {
  const stat = statOf(pid);
  return stat && stat.ticks / TICKS_PER_SECOND;
}

/** The same for a process and its living children. */
export function cpuSecondsOfFamily(pid: number): number | undefined {
  const own = statOf(pid);
  if (!own) return undefined;
  let ticks = own.ticks + own.reapedTicks;
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : undefined;
    if (stat?.parent === pid) ticks += stat.ticks;
  }
  return ticks / TICKS_PER_SECOND;
}

/** Resident memory of a process, KiB. */
export function residentKiB(pid: number): number | undefined {
  const found = /^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`) ?? '');
  return found ? Number(found[1]) : undefined;
}

/** CPU seconds that the whole machine has spent working, and has had at its disposal, on all cores. */
export function machineSeconds(): { busy: number; available: number } | undefined {
  const line = /^cpu +(.*)$/m.exec(read('/proc/stat') ?? '')?.[1];
  if (line === undefined) return undefined;
  // user nice system idle iowait irq softirq steal
  const [user = 0, nice = 0, system = 0, idle = 0, wait = 0, irq = 0, soft = 0, steal = 0] = line
    .split(' ')
    .map(Number);
  const busy = user + nice + system + irq + soft + steal;
  return { busy: busy / TICKS_PER_SECOND, available: (busy + idle + wait) / TICKS_PER_SECOND };
}

function statOf(pid: number): { parent: number; ticks: number; reapedTicks: number } | undefined {
  const text = read(`/proc/${pid}/stat`);
  if (text === undefined) return undefined;
  // The name of the program, in brackets, may hold anything.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const field = (at: number) => Number(fields[at] ?? 0);
  return { parent: field(1), ticks: field(11) + field(12), reapedTicks: field(13) + field(14) };
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
