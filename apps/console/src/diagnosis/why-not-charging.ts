import type { AttentionView, EvseView, FrameView, StationView, UnknownStationView } from '../api/views.js';
import { ageOf, secondsSince } from '../format.js';
import { ERROR_CODES } from './error-codes.js';
import type { Finding } from './finding.js';
import { refusedToken } from './refused-tokens.js';

/** A clock that is wrong by more makes times on bills wrong. */
const SKEW_LIMIT_S = 60;
/** Someone who plugged in and waits longer than this needs help. */
const WAITING_LIMIT_S = 120;

/** What the console knows of one charger. */
export interface Evidence {
  station: StationView;
  /** Newest first. */
  frames: readonly FrameView[];
  attention: readonly AttentionView[];
  refusals: readonly UnknownStationView[];
}

/** Why a charger does not charge, the weightiest reason first; empty = nothing is known against it. */
export function whyNotCharging({ station, frames, attention, refusals }: Evidence): Finding[] {
  const findings = [
    ...connection(station, refusals),
    ...(station.connected ? boot(station) : []),
    ...station.evses.flatMap((evse) => ofEvse(evse)),
    ...ofStation(station),
    refusedToken(frames),
    ...attention.filter(({ resolved_at }) => resolved_at === undefined).map(ofAttention),
  ].filter((finding) => finding !== undefined);
  return [...findings.filter(({ tone }) => tone === 'bad'), ...findings.filter(({ tone }) => tone !== 'bad')];
}

function connection(station: StationView, refusals: readonly UnknownStationView[]): Finding[] {
  if (station.connected) return [];
  const refused = refusals.find(({ id }) => id === station.id);
  if (refused) {
    return [
      {
        tone: 'bad',
        what: `it knocks and is not let in: ${refused.reason} (${ageOf(refused.last_seen_at)} ago)`,
        next: `Enter in the charger exactly this address: ${refused.url}, and the id and password of this station.`,
      },
    ];
  }
  if (station.last_frame_at === undefined) {
    return [
      {
        tone: 'bad',
        what: 'it has never connected',
        next: 'Enter the address below in the charger, then check its network: cable, SIM card, firewall.',
      },
    ];
  }
  return [
    {
      tone: 'bad',
      what: `the connection is lost; it was last heard ${ageOf(station.last_frame_at)} ago`,
      next: 'Has it power? If so, check its network: cable, SIM card, signal. It connects again by itself.',
    },
  ];
}

function boot({ boot_status: status, evses }: StationView): Finding[] {
  if (status === undefined) {
    return [
      {
        tone: 'waiting',
        what: 'it is connected and has not sent its BootNotification',
        next: 'Ask for it from here; restart the charger when nothing comes.',
      },
    ];
  }
  if (status !== 'Accepted') {
    return [
      {
        tone: 'bad',
        what: `its BootNotification was answered ${status}`,
        next: 'It waits to be accepted: add it under Unknown chargers, or enable it.',
      },
    ];
  }
  if (evses.length > 0) return [];
  return [
    {
      tone: 'waiting',
      what: 'it has not told the status of any connector',
      next: 'Ask for the status from here; restart the charger when nothing comes.',
    },
  ];
}

function ofEvse(evse: EvseView): Finding[] {
  const name = `EVSE ${evse.evse_id}`;
  const findings: Finding[] = [];
  const faulted = evse.connectors.find(({ raw_status }) => raw_status === 'Faulted');
  if (faulted) {
    const code = faulted.error_code ?? 'OtherError';
    const known = ERROR_CODES[code];
    const vendor = faulted.vendor_error_code ? `, maker's code ${faulted.vendor_error_code}` : '';
    findings.push({
      tone: 'bad',
      what: `${name} is out of order: ${known?.what ?? `it reports ${code}`} (${code}${vendor})`,
      next: known?.next ?? "Look the code up in the maker's manual; restart the charger.",
    });
  } else if (evse.status === 'INOPERATIVE' || isUnavailable(evse)) {
    findings.push({
      tone: 'bad',
      what: `${name} is out of service`,
      next: 'Put it in service from here, unless someone works on it.',
    });
  }
  if (evse.status === 'RESERVED') {
    findings.push({
      tone: 'waiting',
      what: `${name} is reserved`,
      next: 'Only the driver who reserved it can charge until the reservation ends.',
    });
  }
  if (evse.location_id === undefined) {
    findings.push({
      tone: 'bad',
      what: `${name} is in no location: partners do not see it, and what it charges reaches no partner`,
      next: 'Add it to a location, with this station id and EVSE number.',
    });
  }
  const state = evse.charging_state;
  if (state === 'SuspendedEV') {
    findings.push({
      tone: 'waiting',
      what: `${name}: the car does not take energy`,
      next: 'It is full, waits for its timer, or limits itself: look at the car.',
    });
  }
  if (state === 'SuspendedEVSE') {
    findings.push({
      tone: 'waiting',
      what: `${name}: the charger gives no energy`,
      next: 'A charging profile or the load management of the site holds it back; it goes on by itself.',
    });
  }
  if (evse.transaction_id === undefined) findings.push(...waitingDriver(evse, name));
  return findings;
}

function isUnavailable({ connectors }: EvseView): boolean {
  return connectors.length > 0 && connectors.every(({ raw_status }) => raw_status === 'Unavailable');
}

function waitingDriver({ connectors }: EvseView, name: string): Finding[] {
  const plugged = connectors.find(
    ({ raw_status, reported_at }) =>
      (raw_status === 'Preparing' || raw_status === 'Occupied') &&
      secondsSince(reported_at) > WAITING_LIMIT_S,
  );
  if (!plugged) return [];
  return [
    {
      tone: 'waiting',
      what: `${name}: a car is plugged in since ${ageOf(plugged.reported_at)} and nothing has started`,
      next: 'Nobody has held a card to it, or the card was refused: try the test token.',
    },
  ];
}

function ofStation({ clock_skew_seconds: skew, connected }: StationView): Finding[] {
  if (!connected || skew === undefined || Math.abs(skew) <= SKEW_LIMIT_S) return [];
  return [
    {
      tone: 'waiting',
      what: `its clock is wrong by ${Math.round(Math.abs(skew))} s`,
      next: 'Ask for a boot notification: its answer sets the clock. Times on bills are repaired until then.',
    },
  ];
}

function ofAttention({ message }: AttentionView): Finding {
  return { tone: 'waiting', what: message, next: 'Open it under Attention.' };
}
