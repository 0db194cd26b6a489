import type { StationView } from '../api/views.js';
import { addressText, ageOf } from '../format.js';
import { useFindings } from '../live/use-evidence.js';
import { useFrames } from '../live/use-frames.js';
import { TEXTS } from '../texts.js';
import { EvseCard } from './evse-card.js';
import { Facts } from './facts.js';
import { Findings } from './findings.js';

const T = TEXTS.station;
const FRAMES_LOOKED_AT = 50;

/** How a station is: why it does not charge, its EVSEs, and what it says of itself. */
export function StationState({ station }: { station: StationView }) {
  const frames = useFrames(station.id, { limit: FRAMES_LOOKED_AT });
  const findings = useFindings(station, frames.value?.items ?? []);
  return (
    <>
      <section>
        <h3>{T.why}</h3>
        <Findings findings={findings} />
      </section>
      <ul class="cards">
        {station.evses.map((evse) => (
          <EvseCard key={evse.evse_id} stationId={station.id} evse={evse} />
        ))}
      </ul>
      <StationFacts station={station} />
    </>
  );
}

export function StationFacts({ station }: { station: StationView }) {
  const { clock_skew_seconds: skew, vendor, model } = station;
  return (
    <Facts
      facts={[
        [T.facts.address, addressText(station.remote_address)],
        [T.facts.protocol, station.protocol],
        [T.facts.security, String(station.security_profile)],
        [T.facts.hardware, [vendor, model].filter(Boolean).join(' ')],
        [T.facts.serial, station.serial_number],
        [T.facts.firmware, station.firmware_version],
        [T.facts.boot, bootText(station)],
        [T.facts.heartbeat, station.last_heartbeat_at && TEXTS.ago(ageOf(station.last_heartbeat_at))],
        [T.facts.clock, skew === undefined ? undefined : T.clockAhead(skew)],
        [T.facts.quirks, station.quirks?.join(', ')],
      ]}
    />
  );
}

function bootText({ boot_status, booted_at }: StationView): string | undefined {
  if (boot_status === undefined) return undefined;
  return booted_at === undefined ? boot_status : `${boot_status}, ${TEXTS.ago(ageOf(booted_at))}`;
}
