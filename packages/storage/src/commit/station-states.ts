import type { StationState } from '@roambridge/core';
import { toDocument } from '../encoding/document.js';
import { defineWriter } from './writer.js';

export const stationStates = defineWriter<[stationId: string, state: StationState]>({
  table: 'station_states',
  columns: {
    station_id: ['text', ([stationId]) => stationId],
    document: ['document', ([, state]) => toDocument(state)],
  },
  rows(group) {
    const latest = new Map<string, StationState>();
    for (const { stationId, stationState } of group) {
      if (stationState) latest.set(stationId, stationState);
    }
    return [...latest];
  },
  statement: (rows) => `insert into station_states (station_id, document)
    select * from ${rows}
    on conflict (station_id) do update set document = excluded.document`,
});
