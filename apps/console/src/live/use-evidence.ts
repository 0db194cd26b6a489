import type { AttentionView, FrameView, Page, StationView, UnknownStationView } from '../api/views.js';
import type { Finding } from '../diagnosis/finding.js';
import { type Evidence, whyNotCharging } from '../diagnosis/why-not-charging.js';
import { tick } from './picture.js';
import { useLive } from './use-live.js';

/** What stands in the way of charging at a station, as far as it is known now. */
export function useFindings(station: StationView | undefined, frames: readonly FrameView[]): Finding[] {
  const attention = useLive<Page<AttentionView>>('/attention?limit=200', ['attention']);
  const unknown = useLive<Page<UnknownStationView>>(
    station?.connected ? undefined : '/unknown-stations?limit=200',
    ['unknown-station', 'station'],
  );
  tick.value;
  if (station === undefined) return [];
  const evidence: Evidence = {
    station,
    frames,
    attention: (attention.value?.items ?? []).filter(({ station_id }) => station_id === station.id),
    refusals: unknown.value?.items ?? [],
  };
  return whyNotCharging(evidence);
}
