import type { BenchArguments } from '../arguments.js';
import { type Mix, type OcppProtocol, PROTOCOL_OF } from '../load/messages.js';
import type { SubjectName } from './subject.js';

/** One mix with a number of stations, and the servers on which it runs one after another. */
export interface Cell {
  mix: Mix;
  stations: number;
  servers: SubjectName[];
}

/** Stations of the extra measurements. */
export const MEMORY_STATIONS = 5_000;
export const RECONNECT_STATIONS = 5_000;
export const GROWTH_STATIONS = 5_000;
export const CONSOLE_STATIONS = 10_000;

/** Behind which the console and the growth of costs are measured. */
export const EXTRAS_SERVER = 'PostgreSQL' satisfies SubjectName;

/** Mixes with which the embedded database, meant for small sites, is measured: with the first number of stations. */
const ON_PGLITE: ReadonlySet<Mix> = new Set(['status', 'tx16', 'tx201']);

export function planCells({ mixes, stations, servers }: BenchArguments): Cell[] {
  const cells: Cell[] = [];
  for (const [size, count] of stations.entries()) {
    for (const mix of mixes) {
      const session = mix === 'tx16' || mix === 'tx201';
      if (size > 0 && !session) continue;
      cells.push({
        mix,
        stations: count,
        servers: servers.filter((server) => server === 'PostgreSQL' || (size === 0 && ON_PGLITE.has(mix))),
      });
    }
  }
  return cells;
}

/** The largest number of stations of each protocol that a server meets. */
export function fleetSizes(
  args: BenchArguments,
  server: SubjectName,
): { protocol: OcppProtocol; count: number }[] {
  const sizes = new Map<OcppProtocol, number>();
  const need = (protocol: OcppProtocol, count: number) =>
    sizes.set(protocol, Math.max(count, sizes.get(protocol) ?? 0));
  for (const { mix, stations, servers } of planCells(args)) {
    if (server === 'raw ws' || servers.includes(server)) need(PROTOCOL_OF[mix], stations);
  }
  if (server !== 'PGlite' && args.memory) need('ocpp1.6', MEMORY_STATIONS);
  if (server !== 'PGlite' && args.reconnect) need('ocpp1.6', RECONNECT_STATIONS);
  if (server === EXTRAS_SERVER && args.growth) need('ocpp1.6', GROWTH_STATIONS);
  if (server === EXTRAS_SERVER && args.console) need('ocpp1.6', CONSOLE_STATIONS);
  return [...sizes].map(([protocol, count]) => ({ protocol, count }));
}
