import type { StationView } from '../api/views.js';
import { ageOf } from '../format.js';
import { TEXTS } from '../texts.js';

/** Whether a station is connected, and since when, or until when it was. */
export function connectionText({ connected, connected_since, last_frame_at }: StationView): string {
  if (connected) return TEXTS.connectedFor(connected_since === undefined ? '' : ageOf(connected_since));
  return last_frame_at === undefined ? TEXTS.neverConnected : TEXTS.lastHeard(ageOf(last_frame_at));
}
