import { DOUBT_REASONS } from '@roambridge/domain';
import { z } from 'zod';
import { setting } from './setting.js';
import {
  cdrAddress,
  duration,
  durationOr,
  flag,
  holdPolicy,
  maxPeriod,
  parties,
  rounding,
} from './setting-kinds.js';

/** How sessions are told, ended and billed. */
export const SESSION_SETTINGS = {
  SESSION_PUSH_MIN_INTERVAL: setting(
    '60s',
    duration,
    'Shortest time between two progress pushes of a session.',
  ),
  CDR_SETTLE: setting('60s', duration, 'Time between the end of a session and its CDR.'),
  GAP_WAIT: setting(
    '60s',
    duration,
    'Time to wait for missing transaction events of a charger that is on line.',
  ),
  GAP_POLL: setting(
    '300s',
    duration,
    'Time between two questions whether a charger still has queued events.',
  ),
  GAP_GIVE_UP: setting('24h', duration, 'Time after which missing transaction events are no longer awaited.'),
  MAX_PERIOD: setting(
    '0s',
    maxPeriod,
    'Longest charging period, e.g. 30m or AC=30m,DC=5m by the kind of current; 0s = a period is as long as its phase and its price.',
  ),
  SESSION_LIVE_DIMENSIONS: setting(
    'true',
    flag,
    'Running sessions tell power, current and state of charge of their newest period, where the charger meters them (OCPI 2.2.1 and later).',
  ),
  PHASE_FLIP_MIN: setting(
    '60s',
    duration,
    'Charging or parking for a shorter time counts as what was before; 0s = every change counts.',
  ),
  SUSPENDED_EVSE_AS: setting(
    'TIME',
    z.enum(['TIME', 'PARKING_TIME'], { message: 'is neither TIME nor PARKING_TIME' }),
    'What the time counts as in which the charger, not the vehicle, pauses.',
  ),
  INFER_PARKING: setting(
    'false',
    flag,
    'Counts ten minutes and more as parking in which the vehicle took less than 100 W or 5 Wh, where the charger reports no states, or one that agrees only later.',
  ),
  SIGNED_DATA_URL: setting(
    '',
    cdrAddress.optional(),
    'URL under which you show drivers the signed meter data of a CDR, e.g. https://example.com/signed/{cdr_id}; it is told in CDRs with such data. None = not told.',
  ),
  SIGNED_START_COPY: setting(
    '',
    parties.optional(),
    'Parties, e.g. NL*MSP,DE*ABC, whose software wants a Start and an End: a signed container with both ends of the session is told to them twice. None = once, as the End.',
  ),
  ROUNDING: setting(
    '',
    rounding,
    'How amounts of a currency are rounded at their end, e.g. JPY=0,EUR=2:half_even; a currency without an entry is rounded half up to four decimals.',
  ),
  ZERO_ENERGY_CDR: setting(
    'emit',
    durationOr({ emit: 0, suppress: Number.POSITIVE_INFINITY }),
    'CDR of a session without energy: emit, suppress, or a duration = only of a longer session.',
  ),
  HOLD_POLICY: setting(
    '',
    holdPolicy,
    `What becomes of a priced CDR about which there is a doubt, e.g. TIME_REPAIRED=send,IMPLAUSIBLE_ENERGY=24h: hold until a person decides (default), send, or send after a duration. Doubts: ${DOUBT_REASONS.join(', ')}.`,
  ),
  END_AT_UNPLUG: setting(
    'false',
    flag,
    'Lets the session of an OCPP 1.6 charger go on after the stop until the vehicle is gone, so that its parking is billed.',
  ),
  UNPLUG_WAIT: setting(
    '12h',
    duration,
    'Time after the stop at which such a session ends although its vehicle is still there.',
  ),
  ORPHAN_ONLINE_WAIT: setting(
    '15m',
    duration,
    'Time that a charger has to deliver the end of a transaction that it seems to have lost.',
  ),
  ORPHAN_HOLD: setting(
    '24h',
    duration,
    'Time that the CDR of a session with a synthetic end waits for the real end.',
  ),
  RECONCILE_INTERVAL: setting(
    '24h',
    duration,
    'Time between two comparisons of the sessions with their transactions and CDRs; what disagrees is put on the attention list. 0s = none.',
  ),
  COMMAND_TIMEOUT_ANNOUNCED: setting(
    '',
    duration.optional(),
    'Time after which a partner may give up on a command, as its answer says; none = CALL_TIMEOUT and 10 seconds.',
  ),
} as const;

/** What does not fit together, one line for each. */
export function sessionContradictions(settings: {
  CALL_TIMEOUT: number;
  COMMAND_TIMEOUT_ANNOUNCED?: number | undefined;
}): string[] {
  const { CALL_TIMEOUT, COMMAND_TIMEOUT_ANNOUNCED = CALL_TIMEOUT } = settings;
  return COMMAND_TIMEOUT_ANNOUNCED < CALL_TIMEOUT
    ? ['COMMAND_TIMEOUT_ANNOUNCED is shorter than CALL_TIMEOUT: partners would give up before chargers do']
    : [];
}
