import type { Dialect, Station } from '../station.js';
import { createDialect201 } from '../v201/dialect.js';
import { createEventStreams } from './event-streams.js';

/** OCPP 2.1 messages of the charger: those of OCPP 2.0.1, and streams of its register. */
export function createDialect21(station: Station): Dialect {
  const dialect = createDialect201(station);
  const streams = createEventStreams(station);
  return {
    ...dialect,
    handlers: (sessions) => ({ ...dialect.handlers(sessions), ...streams.handlers }),
    async sample(outlet, transaction, context) {
      await dialect.sample(outlet, transaction, context);
      await streams.sample(outlet);
    },
  };
}
