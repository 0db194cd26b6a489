import { quirksInForce } from '@roambridge/domain';
import type { Station, StationState } from '../model/station.js';

interface Known {
  boot: StationState['boot'];
  quirks: readonly string[];
}

// Every message asks; the answer changes with the operator's word (another object) and with a boot.
const known = new WeakMap<Station, Known>();

/** The switches of a station's quirks that are on: those that the operator stated and those of its make. */
export function quirksOf(station: Station, state: StationState | undefined): readonly string[] {
  const boot = state?.boot;
  const found = known.get(station);
  if (found && found.boot === boot) return found.quirks;
  const quirks = quirksInForce(station.quirks, boot);
  known.set(station, { boot, quirks });
  return quirks;
}
