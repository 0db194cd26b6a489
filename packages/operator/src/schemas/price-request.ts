import { RESERVATION_OUTCOMES } from '@roambridge/domain';
import { z } from 'zod';
import { tariffInput } from './tariff.js';
import { dateTime, timeZone } from './text.js';

/** More than any session has; its calculation is done while the caller waits. */
const MAX_PERIODS = 10_000;
const MAX_SAMPLES = 10_000;
const MAX_DIMENSIONS = 20;
/** More than any session takes, in kWh, kW or A. */
const MAX_VOLUME = 1_000_000;

const volume = z.number().min(0).max(MAX_VOLUME);

/** Dimensions that a price can depend on; a reservation is given apart. */
const PRICED_DIMENSIONS = [
  'CURRENT',
  'ENERGY',
  'MAX_CURRENT',
  'MAX_POWER',
  'MIN_CURRENT',
  'MIN_POWER',
  'PARKING_TIME',
  'POWER',
  'TIME',
] as const;

const chargingPeriod = z.object({
  start_date_time: dateTime,
  dimensions: z
    .array(z.object({ type: z.enum(PRICED_DIMENSIONS), volume }))
    .min(1)
    .max(MAX_DIMENSIONS)
    .describe('ENERGY in kWh, times in hours, power in kW, current in A as sum of the phases'),
});

const sample = z.object({
  date_time: dateTime,
  kwh: volume.describe('Register of the meter, or energy since the start'),
  power_kw: volume.exactOptional().describe('Momentary'),
  current_a: volume.exactOptional().describe('Momentary, sum of the phases'),
  parking: z
    .boolean()
    .exactOptional()
    .describe('From here on the vehicle requests no power; absent = as before, false at the start'),
});

const session = z
  .strictObject({
    start_date_time: dateTime,
    end_date_time: dateTime,
    charging_periods: z.array(chargingPeriod).min(1).max(MAX_PERIODS).exactOptional(),
    samples: z.array(sample).min(1).max(MAX_SAMPLES).exactOptional(),
  })
  .refine(({ charging_periods, samples }) => (charging_periods === undefined) !== (samples === undefined), {
    message: 'must have charging_periods or samples, and not both',
  })
  .refine(({ start_date_time, end_date_time }) => Date.parse(start_date_time) <= Date.parse(end_date_time), {
    path: ['end_date_time'],
    message: 'must not be before start_date_time',
  });

const reservation = z.strictObject({
  from: dateTime,
  to: dateTime.exactOptional().describe('Absent = the start of the session that used it'),
  outcome: z.enum(RESERVATION_OUTCOMES),
});

/** A tariff, and the session or the unused reservation that it prices. */
export const priceRequest = z
  .strictObject({
    tariff: tariffInput,
    time_zone: timeZone,
    session: session.exactOptional().describe('May be left out beside a reservation that was not used'),
    reservation: reservation.exactOptional(),
  })
  .superRefine(({ session, reservation }, issues) => {
    const fault = (path: string[], message: string): void =>
      issues.addIssue({ code: 'custom', path, message });
    if (reservation === undefined) {
      if (session === undefined) fault(['session'], 'is required where no reservation is given');
      return;
    }
    const { from, to, outcome } = reservation;
    const used = outcome === 'USED';
    if (used && session === undefined) fault(['session'], 'is required where a reservation was used');
    if (!used && session !== undefined)
      fault(['reservation', 'outcome'], 'must be USED where there is a session');
    if (!used && to === undefined) fault(['reservation', 'to'], 'is required where it was not used');
    const end = to ?? session?.start_date_time;
    if (end !== undefined && Date.parse(end) < Date.parse(from)) {
      fault(['reservation', 'from'], 'must not be after its end');
    }
    if (
      used &&
      session !== undefined &&
      to !== undefined &&
      seconds(to) !== seconds(session.start_date_time)
    ) {
      fault(['reservation', 'to'], 'must be the start of the session that used it');
    }
  })
  .meta({ id: 'PriceRequest' });

export type PriceRequest = z.output<typeof priceRequest>;
export type SessionInput = NonNullable<PriceRequest['session']>;

function seconds(text: string): number {
  return Math.floor(Date.parse(text) / 1000);
}
