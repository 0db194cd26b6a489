import type { FrameView } from '../../api/views.js';
import { markOf, toneOfStatus } from '../../commands/outcome-text.js';
import { clockTime, words } from '../../format.js';
import { type FramePair, latencyOf, payloadOf, statusIn } from '../../frames/pairs.js';
import { toTrace } from '../../routing/paths.js';
import { FRAME_TEXTS as T } from '../../texts/frames.js';
import { TEXTS, type Tone } from '../../texts.js';
import { FrameText, VERDICT_TONES } from '../frame-list.js';

const CALL = 2;
const ERROR = 4;

/** A message with its answer: how it went in one line, and both texts when it is opened. */
export function PairRow({ pair }: { pair: FramePair }) {
  const { call, answer } = pair;
  const latency = latencyOf(pair);
  const result = resultOf(pair);
  const odd = [call, answer].flatMap((frame) =>
    frame === undefined || frame.verdict === 'ok' ? [] : [frame],
  );
  const correlation = call.correlation_id ?? answer?.correlation_id ?? null;
  const isIn = call.direction === 'in';
  return (
    <li id={call.id === undefined ? undefined : `frame-${call.id}`}>
      <details>
        <summary class="row-line">
          <span class="muted time" title={call.at}>
            {clockTime(call.at)}
          </span>
          <span class="arrow" role="img" aria-label={isIn ? TEXTS.trace.fromCharger : TEXTS.trace.toCharger}>
            {isIn ? '→' : '←'}
          </span>
          <b>{call.action ?? TEXTS.station.frames.unreadable}</b>
          {result !== undefined && (
            <span class={`tone-${result.tone}`}>
              {markOf(result.tone)} {result.word}
            </span>
          )}
          {odd.map((frame) => (
            <span key={frame.id} class={`tone-${VERDICT_TONES[frame.verdict]}`}>
              {T.words[frame.verdict]}
            </span>
          ))}
          <span class="muted end">{latency === null ? '' : TEXTS.station.frames.answeredIn(latency)}</span>
        </summary>
        <Part title={answer === undefined && call.message_type !== CALL ? T.alone : T.call} frame={call} />
        {answer !== undefined && <Part title={T.answer} frame={answer} />}
        {correlation !== null && (
          <p>
            <a href={toTrace(correlation)}>{TEXTS.station.frames.trace}</a>
          </p>
        )}
      </details>
    </li>
  );
}

/** One of both: validation, what was repaired, and the text. */
function Part({ title, frame }: { title: string; frame: FrameView }) {
  const { anomalies, quirks = [], verdict } = frame;
  return (
    <section class="part">
      <h4>
        {title} <span class={`tone-${VERDICT_TONES[verdict]}`}>{T.words[verdict]}</span>
      </h4>
      {anomalies.length > 0 && (
        <p class="tone-waiting">
          {T.found}: {anomalies.map(words).join(' · ')}
        </p>
      )}
      {quirks.length > 0 && <p class="muted">{T.quirks(quirks)}</p>}
      <FrameText frame={frame} />
    </section>
  );
}

function resultOf({ call, answer }: FramePair): { word: string; tone: Tone } | undefined {
  if (answer === undefined) {
    return call.message_type === CALL ? { word: T.noAnswer, tone: 'waiting' } : undefined;
  }
  if (answer.message_type === ERROR) return { word: TEXTS.command.outcome.error, tone: 'bad' };
  const status = statusIn(payloadOf(answer));
  return status === undefined ? undefined : { word: status, tone: toneOfStatus(status) };
}
