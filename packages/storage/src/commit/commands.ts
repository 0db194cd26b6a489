import type { Command } from '@roambridge/core';
import { toDocument } from '../encoding/document.js';
import { collect, defineWriter, lastOfEach } from './writer.js';

export const commands = defineWriter<Command>({
  table: 'commands',
  columns: {
    id: ['text', (command) => command.id],
    station_id: ['text', (command) => command.stationId],
    request_key: ['text', (command) => command.requestKey],
    state: ['text', (command) => command.state],
    created_at: ['int8', (command) => command.createdAt],
    window_ends_at: ['int8', (command) => command.windowEndsAt],
    document: ['document', toDocument],
  },
  rows: (group) =>
    lastOfEach(
      collect(group, (writes) => writes.commands),
      (command) => command.id,
    ),
  statement: (rows) => `insert into commands (id, station_id, request_key, state, created_at, window_ends_at,
      document)
    select * from ${rows}
    on conflict (id) do update set station_id = excluded.station_id, request_key = excluded.request_key,
      state = excluded.state, created_at = excluded.created_at, window_ends_at = excluded.window_ends_at,
      document = excluded.document`,
});
