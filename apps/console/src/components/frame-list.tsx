import { useState } from 'preact/hooks';
import type { FrameView } from '../api/views.js';
import { clockTime, words } from '../format.js';
import { parsedFrame, payloadOf, statusIn } from '../frames/pairs.js';
import { toTrace } from '../routing/paths.js';
import { TEXTS, type Tone } from '../texts.js';

const T = TEXTS.station.frames;

export const VERDICT_TONES = {
  ok: 'quiet',
  repaired: 'waiting',
  quarantined: 'waiting',
  rejected: 'bad',
  malformed: 'bad',
} as const satisfies Record<FrameView['verdict'], Tone>;

/** Frames, newest first; each opens to its text. */
export function FrameList({ frames }: { frames: readonly FrameView[] }) {
  if (frames.length === 0) return <p class="empty">{T.none}</p>;
  return (
    <ul class="rows frames">
      {frames.map((frame) => (
        <FrameRow key={frame.id ?? `${frame.at}${frame.direction}${frame.message_id}`} frame={frame} />
      ))}
    </ul>
  );
}

export function FrameRow({ frame, open = false }: { frame: FrameView; open?: boolean }) {
  const { at, direction, action, latency_ms: latency, verdict, anomalies } = frame;
  return (
    <li id={frame.id === undefined ? undefined : `frame-${frame.id}`}>
      <details open={open}>
        <summary class="row-line">
          <span class="muted time" title={at}>
            {clockTime(at)}
          </span>
          <span
            class="arrow"
            role="img"
            aria-label={direction === 'in' ? TEXTS.trace.fromCharger : TEXTS.trace.toCharger}
          >
            {direction === 'in' ? '→' : '←'}
          </span>
          <b>{action ?? T.unreadable}</b>
          <span class="muted">{kindOf(frame)}</span>
          {verdict !== 'ok' && <span class={`tone-${VERDICT_TONES[verdict]}`}>{verdict}</span>}
          <span class="muted end">{latency === null ? '' : T.answeredIn(latency)}</span>
        </summary>
        <FrameText frame={frame} />
        {anomalies.length > 0 && <p class="tone-waiting">{anomalies.map(words).join(' · ')}</p>}
        {frame.correlation_id !== null && (
          <p>
            <a href={toTrace(frame.correlation_id)}>{T.trace}</a>
          </p>
        )}
      </details>
    </li>
  );
}

/** The text of a frame, pretty or as it crossed the wire. */
export function FrameText({ frame }: { frame: FrameView }) {
  const [pretty, setPretty] = useState(true);
  const [copied, setCopied] = useState(false);
  return (
    <>
      <p class="buttons">
        <button type="button" onClick={() => setPretty(!pretty)}>
          {pretty ? T.raw : T.pretty}
        </button>
        <button
          type="button"
          onClick={() => navigator.clipboard?.writeText(frame.raw).then(() => setCopied(true))}
        >
          {copied ? T.copied : T.copy}
        </button>
      </p>
      <pre>{pretty ? prettyText(frame.raw) : frame.raw}</pre>
    </>
  );
}

function kindOf(frame: FrameView): string {
  if (frame.message_type === 3) return statusIn(payloadOf(frame)) ?? 'result';
  return frame.message_type === 4 ? 'error' : '';
}

function prettyText(raw: string): string {
  const frame = parsedFrame(raw);
  return frame === undefined ? raw : JSON.stringify(frame, null, 2);
}
