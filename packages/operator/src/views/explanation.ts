import type { CdrExplanation, FrameRecord } from '@roambridge/core';
import { type ExplainedLine, isPriced, type MeterReading, type RegisterEvidence } from '@roambridge/domain';
import { z } from 'zod';
import { frameView, viewFrame } from './frame.js';
import { chargingPeriodView, priceView, viewChargingPeriod, viewDecimal, viewPrice } from './money.js';
import { given, isoTime } from './times.js';

const readingView = z.object({
  at: z.string(),
  wh: z.number(),
  source: z.enum(['start', 'stop', 'sample']).describe('start, stop: told beside the meter values'),
  context: z.string().optional(),
  frame_id: z.string().optional().describe('Among frames; absent when the frame is not kept any more'),
});

const registerView = z
  .object({
    at: z.string(),
    wh: z.number().describe('Register as it was billed'),
    readings: z.array(readingView).describe('One that was taken then, or the two around it'),
  })
  .meta({ id: 'RegisterEvidence' });

const lineView = z
  .object({
    dimension: z.string(),
    element: z.int().optional().describe('Position in the elements of the tariff'),
    tariff_id: z.string().optional(),
    tariff_member: z.string().optional().describe('What of the tariff it comes from, e.g. min_price'),
    from: z.string(),
    to: z.string(),
    volume: z.number(),
    billed_volume: z.number(),
    price: z.number().optional(),
    amount_excl_vat: z.number(),
    vat: z.number().optional(),
    why: z.string(),
    periods: z.array(z.int()).describe('Positions in charging_periods'),
    begin: registerView.optional(),
    end: registerView.optional(),
    states: z.array(z.object({ at: z.string(), state: z.string(), frame_id: z.string().optional() })),
  })
  .meta({ id: 'ExplainedLine' });

export const explanationView = z
  .object({
    cdr_id: z.string(),
    credit_id: z.string().optional().describe('The credit CDR that was asked for: it takes cdr_id back'),
    session_id: z.string(),
    transaction_id: z.string(),
    station_id: z.string(),
    currency: z.string(),
    total_cost: priceView.optional(),
    adds_up: z.boolean().describe('The amounts of the lines are the total of the CDR'),
    lines: z.array(lineView),
    unpriceable: z.object({ reason: z.string(), detail: z.string() }).optional(),
    charging_periods: z.array(chargingPeriodView),
    snapshot: z
      .object({
        tariffs: z.array(z.looseObject({ id: z.string() })),
        location: z.looseObject({ id: z.string(), time_zone: z.string() }),
        cdr_token: z.looseObject({ uid: z.string() }),
      })
      .describe('What the price depends on, as it was when the session began'),
    signed_data: z.array(
      z.object({
        at: z.string(),
        context: z.string(),
        encoding_method: z.string().optional(),
        verdict: z.enum(['valid', 'invalid', 'no-key', 'unreadable']),
      }),
    ),
    frames: z.array(frameView).describe('The frames that told of the transaction'),
  })
  .meta({ id: 'CdrExplanation' });

type FrameIds = ReadonlyMap<number, string>;

/** How a CDR came about. */
export function viewExplanation(explanation: CdrExplanation): z.output<typeof explanationView> {
  const { record, bill, events, signed, unpriceable } = explanation;
  const { cdr } = record;
  const frames = events.flatMap(({ frame }) => (frame ? [frame] : []));
  const frameIds: FrameIds = new Map(
    events.flatMap(({ ordinal, frame }) => (frame ? [[ordinal, frame.id] as const] : [])),
  );
  const tariffId = cdr.tariffs[0]?.id;
  return {
    cdr_id: cdr.id,
    ...given('credit_id', explanation.creditId),
    session_id: cdr.session_id,
    transaction_id: record.transactionId,
    station_id: record.stationId,
    currency: cdr.currency,
    ...(isPriced(cdr) ? { total_cost: viewPrice(cdr.total_cost) } : {}),
    adds_up: explanation.addsUp,
    lines: (bill?.lines ?? []).map((line) => viewLine(line, tariffId, frameIds)),
    ...(unpriceable === undefined
      ? {}
      : {
          unpriceable:
            unpriceable === 'NO_TARIFF'
              ? { reason: 'NO_TARIFF', detail: 'no tariff was valid when the session began' }
              : { reason: unpriceable.reason, detail: unpriceable.detail },
        }),
    charging_periods: (bill?.periods ?? cdr.charging_periods).map(viewChargingPeriod),
    snapshot: {
      tariffs: cdr.tariffs.map((tariff) => ({ ...tariff })),
      location: { ...record.location, time_zone: record.location.time_zone },
      cdr_token: { ...cdr.cdr_token },
    },
    signed_data: signed.map(({ reading, read, verdict }) => ({
      at: isoTime(reading.at),
      context: reading.context,
      ...given('encoding_method', reading.value.encodingMethod ?? read?.encodingMethod),
      verdict,
    })),
    frames: dedupe(frames).map(viewFrame),
  };
}

function viewLine(explained: ExplainedLine, tariffId: string | undefined, frameIds: FrameIds) {
  const { line, member, periods, begin, end, states } = explained;
  return {
    dimension: line.dimension,
    ...given('element', line.element),
    ...(member === undefined
      ? {}
      : { ...given('tariff_id', line.tariff_id ?? tariffId), tariff_member: member }),
    from: line.from,
    to: line.to,
    volume: viewDecimal(line.volume),
    billed_volume: viewDecimal(line.billed_volume),
    ...(line.price === undefined ? {} : { price: viewDecimal(line.price) }),
    amount_excl_vat: viewDecimal(line.amount_excl_vat),
    ...given('vat', line.vat),
    why: line.why,
    periods,
    ...(begin ? { begin: viewRegister(begin, frameIds) } : {}),
    ...(end ? { end: viewRegister(end, frameIds) } : {}),
    states: states.map(({ at, state, ordinal }) => ({
      at: isoTime(at),
      state,
      ...given('frame_id', frameIds.get(ordinal)),
    })),
  };
}

function viewRegister({ at, wh, readings }: RegisterEvidence, frameIds: FrameIds) {
  return { at: isoTime(at), wh, readings: readings.map((reading) => viewReading(reading, frameIds)) };
}

function viewReading({ at, wh, source, context, ordinal }: MeterReading, frameIds: FrameIds) {
  return {
    at: isoTime(at),
    wh,
    source,
    ...given('context', context),
    ...given('frame_id', frameIds.get(ordinal)),
  };
}

/** One frame can bring several events. */
function dedupe(frames: readonly (FrameRecord & { id: string })[]): (FrameRecord & { id: string })[] {
  return [...new Map(frames.map((frame) => [frame.id, frame])).values()];
}
