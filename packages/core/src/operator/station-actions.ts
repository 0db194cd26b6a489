import type { OperatorEdge, StationActions } from '../edges/operator-edge.js';
import type { Station } from '../model/station.js';
import type { StationLink } from '../ports/station-link.js';
import type { StationDirectory } from '../stations/directory.js';
import type { StationRegistry } from '../stations/registry.js';

/** What each station can be asked. */
export function createStationActions(ports: {
  directory: StationDirectory;
  registry: () => StationRegistry;
  link: () => StationLink;
}): Pick<OperatorEdge, 'stationActions'> {
  async function protocolOf(station: Station): Promise<string | undefined> {
    const registry = ports.registry();
    const aggregate = registry.peek(station.id) ?? (await registry.run(station.id, async (read) => read));
    return aggregate.connection?.protocol ?? aggregate.state.protocol ?? station.protocols?.[0];
  }

  return {
    async stationActions(id): Promise<StationActions | undefined> {
      const station = ports.directory.find(id);
      if (!station) return undefined;
      const protocol = await protocolOf(station);
      const catalogue = protocol === undefined ? undefined : ports.link().actionsOf(protocol);
      return catalogue && protocol !== undefined
        ? { protocol, ...catalogue }
        : { actions: [], schemaOf: () => undefined };
    },
  };
}
